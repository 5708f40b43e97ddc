import { listTrash, type TrashEntry } from "@rainmaker/contracts/records/records";
import { restoreContact } from "@rainmaker/contracts/sales/contacts";
import { restoreCustomer } from "@rainmaker/contracts/sales/customers";
import { restoreInteraction } from "@rainmaker/contracts/sales/interactions";
import { restoreOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { RotateCcw, Trash2 } from "lucide-react";
import { useState, type ReactElement } from "react";
import type * as z from "zod/mini";
import { call } from "#lib/api";
import { formatLeft } from "#lib/format";
import { invalidateEntities, itemsOf, livePages, showAtOnce } from "#lib/query";
import { can, useUser } from "#lib/session";
import { notify, notifyFailure } from "#lib/toasts";
import { Avatar } from "#ui/avatar";
import { Button } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { NoAccess } from "#ui/error-state";
import { Moment } from "#ui/moment";
import { PageBody, PageHead, Toolbar } from "#ui/page-head";
import { TabPanel, Tabs } from "#ui/tabs";
import { HistoryTabs } from "./history-tabs.tsx";

type Entry = z.output<typeof TrashEntry>;
type Entity = Entry["entity"];

const kinds = [
  { value: "customer", label: "Customers" },
  { value: "contact", label: "Contacts" },
  { value: "opportunity", label: "Opportunities" },
  { value: "interaction", label: "Interactions" },
] as const satisfies readonly { readonly value: Entity; readonly label: string }[];

const panelId = "trash";
const keptDays = 30;

export function TrashPage(): ReactElement {
  const { tab } = useSearch({ from: "/shell/trash" });
  const navigate = useNavigate({ from: "/trash" });
  const user = useUser();
  const tabs = kinds.filter(({ value }) => can(user, `${value}.delete`));
  const entity = tabs.find(({ value }) => value === tab)?.value ?? tabs[0]?.value;
  return (
    <>
      <PageHead title="Trash" context={<HistoryTabs current="trash" />} />
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
            <span className="ml-auto text-xs whitespace-nowrap text-subtle max-lg:hidden">
              Kept {keptDays} days, then gone for good. Money and audit entries can never be deleted.
            </span>
          </Toolbar>
          <PageBody isPadded={false}>
            <TabPanel id={panelId} value={entity}>
              <TrashTable key={entity} entity={entity} />
            </TabPanel>
          </PageBody>
        </>
      )}
    </>
  );
}

function TrashTable({ entity }: { readonly entity: Entity }): ReactElement {
  const query = useInfiniteQuery(livePages(listTrash, { query: { entity, limit: "50" } }, [entity]));
  return (
    <DataTable
      label="Deleted records"
      columns={columns}
      rows={itemsOf(query.data)}
      keyOf={({ id }) => id}
      error={query.error}
      onRetry={() => void query.refetch()}
      renderPhone={(entry) => <PhoneEntry entry={entry} />}
      hasMore={query.hasNextPage}
      isLoadingMore={query.isFetchingNextPage}
      onMore={() => void query.fetchNextPage()}
      empty={
        <EmptyState icon={Trash2} title="The trash is empty">
          What is deleted stays here for {keptDays} days and can be brought back.
        </EmptyState>
      }
    />
  );
}

const columns: readonly Column<Entry>[] = [
  {
    key: "what",
    head: "What",
    className: "max-w-100 truncate",
    render: ({ title, number }) => (
      <>
        <span className="font-medium">{title}</span> <span className="tnum text-xs text-subtle">{number}</span>
      </>
    ),
  },
  {
    key: "who",
    head: "Deleted by",
    className: "w-52",
    render: ({ deletedBy }) =>
      deletedBy === null ? (
        <span className="text-subtle">An import that was undone</span>
      ) : (
        <span className="flex items-center gap-2">
          <Avatar person={deletedBy} size={20} isDecorative />
          <span className="truncate">{deletedBy.name}</span>
        </span>
      ),
  },
  {
    key: "when",
    head: "When",
    className: "w-40",
    render: ({ deletedAt }) => <Moment at={deletedAt} className="text-muted" />,
  },
  { key: "left", head: "Left", align: "right", className: "w-28", render: (entry) => <Left entry={entry} /> },
  {
    key: "restore",
    head: "Restore",
    isHeadHidden: true,
    align: "right",
    className: "w-32",
    render: (entry) => <Restore entry={entry} />,
  },
];

function Left({ entry }: { readonly entry: Entry }): ReactElement {
  const gone = new Date(Date.parse(entry.deletedAt) + keptDays * 86_400_000).toISOString();
  return <span className="text-muted">{formatLeft(gone)}</span>;
}

function Restore({ entry }: { readonly entry: Entry }): ReactElement {
  const [isSending, setIsSending] = useState(false);
  const run = async (): Promise<void> => {
    setIsSending(true);
    const takeBack = showAtOnce(listTrash, ({ items, ...page }) => ({
      ...page,
      items: items.filter(({ id }) => id !== entry.id),
    }));
    try {
      await restore(entry);
      notify({ tone: "done", title: `Restored ${entry.title}` });
    } catch (error) {
      takeBack();
      setIsSending(false);
      notifyFailure(`${entry.title} stays in the trash`, error);
    } finally {
      void invalidateEntities([entry.entity]);
    }
  };
  return (
    <Button
      size="xs"
      icon={RotateCcw}
      isLoading={isSending}
      aria-label={`Restore ${entry.title}`}
      onClick={() => void run()}
    >
      Restore
    </Button>
  );
}

function restore({ entity, id }: Entry): Promise<unknown> {
  switch (entity) {
    case "customer":
      return call(restoreCustomer, { params: { customerId: id as never } });
    case "contact":
      return call(restoreContact, { params: { contactId: id as never } });
    case "interaction":
      return call(restoreInteraction, { params: { interactionId: id as never } });
    default:
      return call(restoreOpportunity, { params: { opportunityId: id as never } });
  }
}

function PhoneEntry({ entry }: { readonly entry: Entry }): ReactElement {
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{entry.title}</span>
        <span className="block truncate text-xs text-subtle">
          {entry.number} · <Moment at={entry.deletedAt} /> · <Left entry={entry} />
        </span>
      </span>
      <Restore entry={entry} />
    </span>
  );
}
