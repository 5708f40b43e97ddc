import {
  dismissDuplicate,
  listDuplicates,
  type DuplicateEntity,
  type DuplicatePair,
} from "@rainmaker/contracts/sales/duplicates";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CopyCheck, Merge } from "lucide-react";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { invalidateEntities, itemsOf, livePages, showAtOnce } from "#lib/query";
import { can, useUser } from "#lib/session";
import { notifyFailure, notifyUndo } from "#lib/toasts";
import { Button, ButtonLink } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { NoAccess } from "#ui/error-state";
import { PageBody, PageHead, Toolbar } from "#ui/page-head";
import { TabPanel, Tabs } from "#ui/tabs";
import { reasonsText } from "./merge-fields.ts";

const kinds = [
  { value: "customer", label: "Customers" },
  { value: "contact", label: "Contacts" },
] as const satisfies readonly { readonly value: DuplicateEntity; readonly label: string }[];

const panelId = "duplicates";

/** Pairs of records that look like one: merged, or said to be different. */
export function DuplicatesPage(): ReactElement {
  const { tab } = useSearch({ from: "/shell/duplicates" });
  const navigate = useNavigate({ from: "/duplicates" });
  const user = useUser();
  const tabs = kinds.filter(({ value }) => can(user, `${value}.edit`));
  const entity = tabs.find(({ value }) => value === tab)?.value ?? tabs[0]?.value;
  return (
    <>
      <PageHead title="Duplicates" />
      {entity === undefined ? (
        <PageBody>
          <NoAccess />
        </PageBody>
      ) : (
        <>
          <Toolbar>
            <Tabs
              label="Kinds of records"
              panelId={panelId}
              tabs={tabs}
              value={entity}
              onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
            />
          </Toolbar>
          <PageBody isPadded={false}>
            <TabPanel id={panelId} value={entity}>
              <Pairs key={entity} entity={entity} />
            </TabPanel>
          </PageBody>
        </>
      )}
    </>
  );
}

type Row = DuplicatePair & { readonly entity: DuplicateEntity };

function Pairs({ entity }: { readonly entity: DuplicateEntity }): ReactElement {
  const query = useInfiniteQuery(livePages(listDuplicates, { query: { entity, limit: "50" } }, [entity, "duplicate"]));
  return (
    <DataTable
      label="Pairs that look like one"
      columns={columns}
      rows={itemsOf(query.data)?.map((pair): Row => ({ ...pair, entity }))}
      keyOf={keyOfPair}
      error={query.error}
      onRetry={() => void query.refetch()}
      renderPhone={(row) => <PhonePair row={row} />}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={
        <EmptyState icon={CopyCheck} title="No duplicates in sight">
          Whatever is added, changed or imported is compared with what is here. Pairs that look like one stand here.
        </EmptyState>
      }
    />
  );
}

const keyOfPair = ({ records }: DuplicatePair): string => records.map(({ id }) => id).join(" ");

const columns: readonly Column<Row>[] = [
  { key: "one", head: "This", className: "max-w-64", render: ({ records: [one] }) => <Twin twin={one} /> },
  { key: "two", head: "Looks like", className: "max-w-64", render: ({ records: [, two] }) => <Twin twin={two} /> },
  {
    key: "why",
    head: "Because",
    className: "max-w-60 truncate",
    render: ({ score, reasons }) => (
      <span className="text-muted">
        <span className="tnum">{score} %</span>: {reasonsText(reasons)}
      </span>
    ),
  },
  {
    key: "decide",
    head: "Decide",
    isHeadHidden: true,
    align: "right",
    className: "w-48",
    render: (row) => <Decide row={row} />,
  },
];

function Twin({ twin }: { readonly twin: DuplicatePair["records"][number] }): ReactElement {
  return (
    <span className="block min-w-0">
      <span className="block truncate">
        <span className="font-medium">{twin.title}</span>{" "}
        <span className="tnum text-xs text-subtle">{twin.number}</span>
      </span>
      <span className="block truncate text-xs text-subtle">
        {[twin.subtitle, twin.owner?.name].filter((part) => part != null).join(" · ")}
      </span>
    </span>
  );
}

function Decide({ row }: { readonly row: Row }): ReactElement {
  const names = row.records.map(({ title }) => title).join(" and ");
  return (
    <span className="flex justify-end gap-2">
      <Button size="xs" aria-label={`${names} are different`} onClick={() => void dismiss(row)}>
        Different
      </Button>
      <ButtonLink
        size="xs"
        tone="primary"
        icon={Merge}
        aria-label={`Merge ${names}`}
        to="/duplicates/merge"
        search={{ of: row.entity, ids: row.records.map(({ id }) => id) }}
      >
        Merge
      </ButtonLink>
    </span>
  );
}

async function dismiss(row: Row): Promise<void> {
  const takeBack = showAtOnce(listDuplicates, ({ items, ...page }) => ({
    ...page,
    items: items.filter((pair) => keyOfPair(pair) !== keyOfPair(row)),
  }));
  try {
    await judge(row, true);
    notifyUndo("Not suggested again", () => judge(row, false));
  } catch (error) {
    takeBack();
    notifyFailure("The pair stays", error);
  }
}

async function judge({ entity, records: [one, two] }: Row, isDismissed: boolean): Promise<void> {
  try {
    await call(dismissDuplicate, { body: { entity, recordIds: [one.id, two.id], isDismissed } });
  } finally {
    void invalidateEntities(["duplicate"]);
  }
}

function PhonePair({ row }: { readonly row: Row }): ReactElement {
  return (
    <span className="flex flex-col gap-2">
      {row.records.map((twin) => (
        <Twin key={twin.id} twin={twin} />
      ))}
      <span className="flex items-center justify-between gap-2">
        <span className="text-xs text-muted">
          {row.score} %: {reasonsText(row.reasons)}
        </span>
        <Decide row={row} />
      </span>
    </span>
  );
}
