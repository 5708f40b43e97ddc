import { undoImport, type Import } from "@rainmaker/contracts/records/imports";
import { CircleX, FileCheck2, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount, formatDuration, formatLeft } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { useIsOffline } from "#lib/offline";
import { useUser } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Badge } from "#ui/badge";
import { Button, ButtonLink } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { Moment } from "#ui/moment";
import { Note } from "#ui/note";
import { PageBody, PageHead } from "#ui/page-head";
import { IconTile } from "#ui/timeline";
import { FailedRows } from "./failed-rows.tsx";
import { FiguresStrip } from "./figures-strip.tsx";
import { countOf, listOf, pluralOf, stateOf } from "./import-words.ts";
import { rememberImport } from "./use-import.ts";

/** What an import did, what it could not do and why, and how to take it back. */
export function ImportResult({ imported }: { readonly imported: Import }): ReactElement {
  const { counts, entity, failure } = imported;
  return (
    <>
      <PageHead
        title={imported.fileName}
        crumbs={[{ label: "Imports", to: "/imports" }]}
        context={<StateBadge imported={imported} />}
        actions={
          <ButtonLink to="/imports/new" search={{ entity }} size="sm">
            Import another file
          </ButtonLink>
        }
      />
      <PageBody>
        <div className="mx-auto flex max-w-260 flex-col gap-4">
          <ResultHead imported={imported} />
          {failure !== null && (
            <Note tone="danger" icon={CircleX}>
              <strong className="font-medium">The import stopped.</strong> {failure} What was done until then stays.
            </Note>
          )}
          <FiguresStrip counts={counts} labels={{ created: "Created", updated: "Updated", skipped: "As they were" }} />
          <div className="grid grid-cols-[minmax(0,1fr)_360px] items-start gap-3.5 max-lg:grid-cols-1">
            <FailedRows imported={imported} />
            <UndoCard imported={imported} />
          </div>
        </div>
      </PageBody>
    </>
  );
}

export function StateBadge({ imported }: { readonly imported: Pick<Import, "status"> }): ReactElement {
  const { word, tone } = stateOf(imported.status);
  return <Badge tone={tone}>{word}</Badge>;
}

function ResultHead({ imported }: { readonly imported: Import }): ReactElement {
  const me = useUser();
  const { owner, startedAt, finishedAt, entity } = imported;
  const took = startedAt === null || finishedAt === null ? null : tookText(startedAt, finishedAt);
  const list = listOf(entity);
  return (
    <header className="flex items-center gap-3 max-sm:flex-wrap">
      <IconTile icon={FileCheck2} tone={imported.status === "failed" ? "danger" : "success"} />
      <div className="min-w-0 flex-1">
        <h2 className="font-medium">
          {imported.counts.created + imported.counts.updated === 0
            ? `No ${pluralOf(entity)} were written`
            : `${countOf(imported.counts.created + imported.counts.updated, entity)} written`}
        </h2>
        <p className="tnum text-xs text-subtle">
          {owner.name}
          {finishedAt !== null && (
            <>
              , <Moment at={finishedAt} isInSentence />
            </>
          )}
          {took !== null && `, ${took}`}, ran with {owner.id === me.id ? "your" : "their"} rights
        </p>
      </div>
      <ButtonLink to={list.to} size="sm">
        See {pluralOf(entity)}
      </ButtonLink>
    </header>
  );
}

function tookText(startedAt: string, finishedAt: string): string {
  const ms = Date.parse(finishedAt) - Date.parse(startedAt);
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms);
}

/** Undo is offered rather than confirmed: what it takes back goes to the trash, and stays there for a while. */
function UndoCard({ imported }: { readonly imported: Import }): ReactElement {
  const { undo, undoUntil, counts, entity, status } = imported;
  if (status === "undone" && undo !== null) {
    return (
      <Card>
        <CardHead title="This import was undone" />
        <UndoLines
          lines={[
            [`${capital(pluralOf(entity))} moved to the trash`, undo.removed],
            ["Stay: changed since, or something hangs on them", undo.kept],
          ]}
        />
        <CardBody className="pt-3">
          <ButtonLink to="/trash" search={{ tab: entity }} size="sm">
            Open the trash
          </ButtonLink>
        </CardBody>
      </Card>
    );
  }
  const left = undoUntil === null ? "over" : formatLeft(undoUntil);
  const isOver = left === "over";
  return (
    <Card className={isOver ? undefined : "border-warning-line"}>
      <CardHead title="Undo this import" end={!isOver && <Badge tone="warning">{left}</Badge>} />
      <UndoLines
        lines={[
          [`Created ${pluralOf(entity)} go to the trash`, counts.created],
          ["Updated ones keep their new values", counts.updated],
        ]}
      />
      <CardBody className="flex flex-col gap-3 pt-3">
        <p className="text-xs text-subtle">
          What somebody has changed since stays as it is, and so does what a deal or an opportunity hangs on.
        </p>
        <UndoButton imported={imported} isOver={isOver} />
      </CardBody>
    </Card>
  );
}

function UndoButton({ imported, isOver }: { readonly imported: Import; readonly isOver: boolean }): ReactElement {
  const undo = useCall(undoImport, ["import"]);
  const intentKey = useIntentKey();
  const isOffline = useIsOffline();
  const run = async (): Promise<void> => {
    try {
      const idempotencyKey = intentKey([imported.id, imported.version]);
      rememberImport(await undo.mutateAsync({ params: { importId: imported.id }, idempotencyKey }));
    } catch (error) {
      notifyFailure("The import stays", error);
    }
  };
  return (
    <Button
      icon={Undo2}
      className="self-start"
      isLoading={undo.isPending}
      disabledReason={whyNoUndo(imported, isOver, isOffline)}
      onClick={() => void run()}
    >
      Undo {countOf(imported.counts.created, imported.entity)}
    </Button>
  );
}

function whyNoUndo({ counts }: Import, isOver: boolean, isOffline: boolean): string | undefined {
  if (counts.created === 0) return "Nothing was created";
  if (isOver) return "An import can be undone for 30 days";
  return isOffline ? "You are offline: undoing needs the network" : undefined;
}

function UndoLines({ lines }: { readonly lines: readonly (readonly [string, number])[] }): ReactElement {
  return (
    <dl className="border-t border-line-subtle">
      {lines.map(([label, count]) => (
        <div key={label} className="flex gap-3 border-b border-line-subtle px-4 py-2.5">
          <dt className="flex-1">{label}</dt>
          <dd className="tnum font-medium">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
