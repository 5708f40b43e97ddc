import type { ContactId, CustomerId } from "@rainmaker/contracts/ids";
import { getContact } from "@rainmaker/contracts/sales/contacts";
import { getCustomer } from "@rainmaker/contracts/sales/customers";
import type { DuplicateEntity } from "@rainmaker/contracts/sales/duplicates";
import {
  mergeContacts,
  mergeCustomers,
  previewContactMerge,
  previewCustomerMerge,
} from "@rainmaker/contracts/sales/merges";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Merge, TriangleAlert } from "lucide-react";
import { useState, type ReactElement } from "react";
import { call } from "#lib/api";
import { invalidateEntities } from "#lib/query";
import { notify, notifyFailure } from "#lib/toasts";
import { Banner } from "#ui/banner";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { ErrorState } from "#ui/error-state";
import { PageBody, PageHead } from "#ui/page-head";
import { SkeletonLines } from "#ui/skeleton";
import { sentenceOf } from "#lib/api-problem";
import { MergeTable } from "./merge-table.tsx";
import { defaultChoice, differingRows, movedText, type Comparable } from "./merge-fields.ts";

const crumbs = [{ label: "Duplicates", to: "/duplicates" }];

/** Several records become one: of which each field is taken, what moves, and what comes of it as the server says. */
export function MergePage(): ReactElement {
  const { of = "customer", ids = [] } = useSearch({ from: "/shell/duplicates/merge" });
  const queries = useQueries({
    queries: ids.map((id) => ({ queryKey: ["merge", of, id], queryFn: () => readRecord(of, id), staleTime: 0 })),
  });
  const failed = queries.find(({ error }) => error !== null);
  const records = queries.flatMap(({ data }) => data ?? []);
  return (
    <>
      <PageHead title={of === "customer" ? "Merge customers" : "Merge contacts"} crumbs={crumbs} />
      <PageBody>
        {ids.length < 2 ? (
          <EmptyState icon={Merge} title="Nothing to merge">
            Choose a pair on the page of duplicates.
          </EmptyState>
        ) : failed !== undefined ? (
          <ErrorState what="These records" error={failed.error} onRetry={() => void failed.refetch()} />
        ) : records.length < ids.length ? (
          <SkeletonLines lines={8} />
        ) : (
          <Merging key={ids.join()} entity={of} records={records} />
        )}
      </PageBody>
    </>
  );
}

async function readRecord(entity: DuplicateEntity, id: string): Promise<Comparable> {
  return entity === "customer"
    ? call(getCustomer, { params: { customerId: id as CustomerId } })
    : call(getContact, { params: { contactId: id as ContactId } });
}

type MergingProps = { readonly entity: DuplicateEntity; readonly records: readonly Comparable[] };

function Merging({ entity, records }: MergingProps): ReactElement {
  const navigate = useNavigate();
  const [survivorId, setSurvivorId] = useState(records[0]?.id ?? "");
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [isSending, setIsSending] = useState(false);
  const rows = differingRows(entity, records);
  const choices = Object.fromEntries(
    rows.map((row) => [row.field, chosen[row.field] ?? defaultChoice(row, records, survivorId)]),
  );
  const preview = useQuery({
    queryKey: ["merge-preview", entity, survivorId, records.map(({ id, version }) => `${id} ${version}`), choices],
    queryFn: () => send(entity, records, survivorId, choices, "preview"),
    retry: false,
    staleTime: 0,
  });
  const run = async (): Promise<void> => {
    setIsSending(true);
    try {
      const { name } = await send(entity, records, survivorId, choices, "merge");
      notify({ tone: "done", title: `Merged into ${name}`, detail: "Links to the others lead there" });
      void navigate({ to: entity === "customer" ? `/customers/${survivorId}` : `/contacts/${survivorId}` });
    } catch (error) {
      setIsSending(false);
      notifyFailure("Nothing was merged", error);
    } finally {
      void invalidateEntities([entity, "duplicate"]);
    }
  };
  return (
    <div className="flex max-w-240 flex-col gap-4">
      <MergeTable
        rows={rows}
        records={records}
        survivorId={survivorId}
        choices={choices}
        onSurvivor={setSurvivorId}
        onChoose={(field, id) => setChosen({ ...chosen, [field]: id })}
      />
      <p className="text-sm text-muted">
        {rows.length === 0 && "They say the same. "}
        {entity === "customer" ? "Tags are united." : "Addresses, numbers, customers and tags are united."} Links to the
        others lead to the one that stays. This cannot be undone yet.
      </p>
      {preview.error !== null && (
        <Banner tone="warning" icon={TriangleAlert}>
          {sentenceOf(preview.error)}
        </Banner>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <output className="text-sm text-muted">
          {preview.data === undefined ? "" : `Moves along: ${movedText(preview.data.moved)}. No sum changes.`}
        </output>
        <Button
          tone="primary"
          icon={Merge}
          isLoading={isSending}
          {...(preview.error === null ? {} : { disabledReason: sentenceOf(preview.error) })}
          onClick={() => void run()}
        >
          Merge {records.length} into one
        </Button>
      </div>
    </div>
  );
}

type Result = { readonly name: string; readonly moved: readonly { readonly what: string; readonly count: number }[] };

async function send(
  entity: DuplicateEntity,
  records: readonly Comparable[],
  survivorId: string,
  choices: Readonly<Record<string, string>>,
  what: "preview" | "merge",
): Promise<Result> {
  const seen = (id: string): number => records.find((record) => record.id === id)?.version ?? 0;
  const ids = records.map(({ id }) => id).filter((id) => id !== survivorId);
  const others = ids.map((id) => ({ id: id as never, seenVersion: seen(id) }));
  const body = { seenVersion: seen(survivorId), others, choices: choices as never };
  if (entity === "customer") {
    const contract = what === "merge" ? mergeCustomers : previewCustomerMerge;
    const { customer, moved } = await call(contract, { params: { customerId: survivorId as CustomerId }, body });
    return { name: customer.name, moved };
  }
  const contract = what === "merge" ? mergeContacts : previewContactMerge;
  const { contact, moved } = await call(contract, { params: { contactId: survivorId as ContactId }, body });
  return { name: contact.name, moved };
}
