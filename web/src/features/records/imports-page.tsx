import type { Import } from "@rainmaker/contracts/records/imports";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { FileSpreadsheet, FileUp } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount, formatCountOf, formatLeft } from "#lib/format";
import { useKey } from "#lib/keys";
import { itemsOf } from "#lib/query";
import { Avatar } from "#ui/avatar";
import { ButtonLink } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { Moment } from "#ui/moment";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { IconTile } from "#ui/timeline";
import { ErrorFileButton } from "./error-file-button.tsx";
import { HistoryTabs } from "./history-tabs.tsx";
import { StateBadge } from "./import-result.tsx";
import { pluralOf } from "./import-words.ts";
import { importsQuery, isBusy } from "./use-import.ts";

export function ImportsPage(): ReactElement {
  const navigate = useNavigate();
  const query = useInfiniteQuery(importsQuery());
  useKey("n", "Import a file", () => void navigate({ to: "/imports/new" }));
  const open = ({ id }: Import): void => void navigate({ to: "/imports/$importId", params: { importId: id } });
  return (
    <>
      <PageHead
        title="Imports"
        context={<HistoryTabs current="imports" />}
        actions={
          <ButtonLink to="/imports/new" tone="primary" size="sm" icon={FileUp} shortcut="n">
            Import
          </ButtonLink>
        }
      />
      <PageBody isPadded={false}>
        <DataTable
          label="Imports"
          columns={columns}
          rows={itemsOf(query.data)}
          keyOf={({ id }) => id}
          rowHeight={54}
          error={query.error}
          onRetry={() => void query.refetch()}
          onOpen={open}
          renderPhone={(imported) => <PhoneImport imported={imported} />}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
          empty={
            <EmptyState
              icon={FileUp}
              title="Nothing was imported yet"
              actions={
                <ButtonLink to="/imports/new" tone="primary" size="sm" icon={FileUp} shortcut="n">
                  Import a file
                </ButtonLink>
              }
            >
              Bring customers or opportunities from another system as a CSV file. You see what would happen before
              anything is written, and can undo it for 30 days.
            </EmptyState>
          }
        />
      </PageBody>
      <PhoneDock>
        <ButtonLink to="/imports/new" tone="primary" icon={FileUp}>
          Import a file
        </ButtonLink>
      </PhoneDock>
    </>
  );
}

const columns: readonly Column<Import>[] = [
  { key: "file", head: "File", className: "max-w-80", render: (imported) => <FileCell imported={imported} /> },
  { key: "state", head: "State", render: (imported) => <StateBadge imported={imported} /> },
  {
    key: "who",
    head: "Who",
    className: "max-lg:hidden",
    render: ({ owner }) => (
      <span className="flex items-center gap-2">
        <Avatar person={owner} size={20} isDecorative />
        <span className="truncate">{owner.name}</span>
      </span>
    ),
  },
  { key: "when", head: "When", render: ({ createdAt }) => <Moment at={createdAt} className="text-muted" /> },
  { key: "read", head: "Read", align: "right", render: ({ counts }) => formatCount(counts.read) },
  { key: "created", head: "Created", align: "right", render: (one) => <Count of={one} count={one.counts.created} /> },
  {
    key: "updated",
    head: "Updated",
    align: "right",
    className: "max-lg:hidden",
    render: (one) => <Count of={one} count={one.counts.updated} />,
  },
  {
    key: "skipped",
    head: "As they were",
    align: "right",
    className: "max-lg:hidden",
    render: (one) => <Count of={one} count={one.counts.skipped} />,
  },
  {
    key: "failed",
    head: "Not imported",
    align: "right",
    render: (one) => <Count of={one} count={one.counts.failed} isFault />,
  },
  {
    key: "errors",
    head: "Error file",
    isHeadHidden: true,
    className: "w-12",
    render: (one) => (isDone(one) && one.counts.failed > 0 ? <ErrorFileButton imported={one} isIcon /> : null),
  },
  {
    key: "undo",
    head: "Undo",
    align: "right",
    className: "max-lg:hidden",
    render: ({ status, undoUntil }) =>
      status === "finished" && undoUntil !== null ? (
        <span className="text-xs text-subtle">{formatLeft(undoUntil)}</span>
      ) : null,
  },
];

function isDone({ status }: Import): boolean {
  return status === "finished" || status === "failed" || status === "undone";
}

/** What a dry run counted is a promise, not a fact: drafts show none. */
function Count(props: {
  readonly of: Import;
  readonly count: number;
  readonly isFault?: boolean;
}): ReactElement | null {
  const { of, count, isFault = false } = props;
  if (!isDone(of) && !isBusy(of)) return null;
  if (count === 0) return <span className="text-subtle">0</span>;
  return <span className={isFault ? "font-medium text-warning-fg" : ""}>{formatCount(count)}</span>;
}

function FileCell({ imported }: { readonly imported: Import }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <IconTile icon={FileSpreadsheet} />
      <span className="flex min-w-0 flex-col leading-4.5">
        <Link
          to="/imports/$importId"
          params={{ importId: imported.id }}
          className="truncate rounded-xs font-medium hover:underline"
        >
          {imported.fileName}
        </Link>
        <span className="truncate text-xs text-subtle">{pluralOf(imported.entity)}</span>
      </span>
    </span>
  );
}

function PhoneImport({ imported }: { readonly imported: Import }): ReactElement {
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1">
        <Link to="/imports/$importId" params={{ importId: imported.id }} className="block truncate font-medium">
          {imported.fileName}
        </Link>
        <span className="tnum block truncate text-xs text-subtle">
          <Moment at={imported.createdAt} /> · {formatCountOf(imported.counts.read, "row")}
          {isBusy(imported) && ` · ${formatCount(imported.progress)} done`}
        </span>
      </span>
      <StateBadge imported={imported} />
    </span>
  );
}
