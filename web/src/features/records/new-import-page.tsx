import { importableEntities, type ImportableEntity } from "@rainmaker/contracts/records/choices";
import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { uploadImport } from "@rainmaker/contracts/records/imports";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { ApiProblem, sentenceOf } from "#lib/api-problem";
import { formatBasisPoints } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { useIsOffline } from "#lib/offline";
import { invalidateEntities } from "#lib/query";
import { can, useUser } from "#lib/session";
import { upload } from "#lib/upload";
import { Button } from "#ui/button";
import { FileDrop } from "#ui/file-drop";
import { NoAccess } from "#ui/error-state";
import { PageBody, PageHead } from "#ui/page-head";
import { Progress } from "#ui/progress";
import { Segmented } from "#ui/segmented";
import { pluralOf } from "./import-words.ts";
import { rememberImport } from "./use-import.ts";
import { StepBar } from "./wizard-frame.tsx";

/** The server's own limit. */
const mostBytes = 200_000_000;
const accepted = ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values";

export function NewImportPage(): ReactElement {
  const { entity: asked } = useSearch({ from: "/shell/imports/new" });
  const navigate = useNavigate({ from: "/imports/new" });
  const user = useUser();
  const possible = importableEntities.filter((one) => can(user, permissionFor[one]));
  const entity = possible.find((one) => one === asked) ?? possible[0];
  return (
    <>
      <PageHead
        title={entity === undefined ? "Import" : `Import ${pluralOf(entity)}`}
        crumbs={[{ label: "Imports", to: "/imports" }]}
      />
      <StepBar current="file" />
      <PageBody>
        {entity === undefined ? (
          <NoAccess />
        ) : (
          <div className="mx-auto flex max-w-160 flex-col gap-4 pt-4">
            {possible.length > 1 && (
              <div className="flex flex-wrap items-center gap-3">
                <span aria-hidden="true" className="font-medium">
                  The file has
                </span>
                <Segmented
                  label="What the file has"
                  value={entity}
                  onChange={(next) => void navigate({ search: { entity: next }, replace: true })}
                  options={possible.map((one) => ({ value: one, label: headings[one] }))}
                />
              </div>
            )}
            <Uploader entity={entity} />
            <WhatHappens entity={entity} />
          </div>
        )}
      </PageBody>
    </>
  );
}

const headings: Readonly<Record<ImportableEntity, string>> = {
  customer: "Customers",
  contact: "Contacts",
  opportunity: "Opportunities",
  interaction: "Interactions",
  product: "Products",
};

/** What the server asks for, besides the right to import. */
const permissionFor = {
  customer: "customer.create",
  contact: "contact.create",
  opportunity: "opportunity.create",
  interaction: "interaction.create",
  product: "product.edit",
} as const satisfies Readonly<Record<ImportableEntity, Permission>>;

type Sending = { readonly file: File; readonly share: number; readonly error?: unknown };

function Uploader({ entity }: { readonly entity: ImportableEntity }): ReactElement {
  const navigate = useNavigate();
  const isOffline = useIsOffline();
  const intentKey = useIntentKey();
  const stop = useRef<AbortController | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const failed = sending?.error !== undefined;

  const send = async (file: File): Promise<void> => {
    stop.current?.abort();
    const control = new AbortController();
    stop.current = control;
    setSending({ file, share: 0 });
    try {
      const imported = await upload(uploadImport, {
        body: { entity },
        file,
        idempotencyKey: intentKey([entity, file.name, file.size, file.lastModified]),
        onProgress: (share) => setSending({ file, share }),
        signal: control.signal,
      });
      rememberImport(imported);
      void invalidateEntities(["import"]);
      void navigate({ to: "/imports/$importId", params: { importId: imported.id }, search: { step: "match" } });
    } catch (error) {
      if (!control.signal.aborted) setSending({ file, share: 0, error });
    }
  };
  const cancel = (): void => {
    stop.current?.abort();
    setSending(null);
  };
  return (
    <>
      <FileDrop
        label={`Drop a file with ${pluralOf(entity)} here, or paste it`}
        hint={isOffline ? "You are offline: uploading needs the network." : hint}
        accept={accepted}
        maxBytes={mostBytes}
        onFile={(file) => void send(file)}
        files={
          sending === null
            ? []
            : [
                {
                  name: sending.file.name,
                  size: sending.file.size,
                  state: failed ? "failed" : "uploading",
                  ...(failed && { error: refusal(sending.error) }),
                },
              ]
        }
        onRemove={cancel}
      />
      {sending !== null && !failed && <UploadProgress sending={sending} onCancel={cancel} />}
      {failed && sending !== null && (
        <p role="alert" className="sr-only">
          {`${sending.file.name} was not taken: ${refusal(sending.error)}`}
        </p>
      )}
    </>
  );
}

const hint = "CSV with commas, semicolons or tabs, up to 200 MB. From a spreadsheet: save it as CSV first.";

/** About the file itself, where the server has found something wrong with it. */
function refusal(error: unknown): string {
  const about = error instanceof ApiProblem ? error.errors.find(({ path }) => path === "file") : undefined;
  return about?.message ?? sentenceOf(error);
}

function UploadProgress({
  sending,
  onCancel,
}: {
  readonly sending: Sending;
  readonly onCancel: () => void;
}): ReactElement {
  const isSent = sending.share >= 1;
  const percent = Math.floor(sending.share * 100);
  return (
    <div className="flex flex-col gap-2 rounded-[11px] border p-3">
      <div className="flex items-center gap-3">
        <span className="tnum min-w-0 flex-1">
          {isSent ? "Reading the file" : `Uploading, ${formatBasisPoints(percent * 100)}`}
        </span>
        <Button size="xs" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <Progress label="Upload" share={sending.share} text={isSent ? "Reading the file" : undefined} />
    </div>
  );
}

function WhatHappens({ entity }: { readonly entity: ImportableEntity }): ReactElement {
  return (
    <p className="text-xs text-subtle">
      Next you match the columns and see what would happen to every row. Nothing is written before you say so, and you
      can take the {pluralOf(entity)} it makes back for 30 days.
    </p>
  );
}
