import { listAuditLog, type AuditEntry } from "@rainmaker/contracts/organization/audit";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, Cpu, ScrollText } from "lucide-react";
import { useState, type ReactElement } from "react";
import { browserTimeZone, formatDay, formatStamp, formatTime, today } from "#lib/format";
import { itemsOf, livePages } from "#lib/query";
import { dayIn } from "@rainmaker/contracts/time";
import { Avatar } from "#ui/avatar";
import { Button, IconButton } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";
import { IconTile } from "#ui/timeline";
import { AuditDetail } from "./audit-detail.tsx";
import { AuditExport } from "./audit-export.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { auditIcon } from "./audit-icons.ts";
import { auditLine } from "./audit-text.ts";
import { ChainBadge } from "./chain-badge.tsx";

const pageSize = "50";

export function AuditLogPage(): ReactElement {
  const { actor, record, ...search } = useSearch({ from: "/shell/audit-log" });
  const navigate = useNavigate({ from: "/audit-log" });
  const [openSeq, setOpenSeq] = useState<string | null>(null);
  const filters = defined({ ...search, actorId: actor, recordId: record });
  const query = { limit: pageSize, ...filters };
  // The log has no hints of its own; it is asked again when somebody comes back to it.
  const log = useInfiniteQuery(livePages(listAuditLog, { query }, ["audit"]));
  const isFiltered = Object.keys(filters).length > 0;
  const toggle = (entry: AuditEntry): void => setOpenSeq(openSeq === String(entry.seq) ? null : String(entry.seq));

  return (
    <>
      <PageHead
        title="Audit log"
        context={<ChainBadge />}
        actions={<AuditExport filters={filters} />}
        phoneActions={<AuditExport filters={filters} isIcon />}
      />
      <AuditFilters />
      <PageBody isPadded={false}>
        <DataTable
          label="Audit log"
          columns={columnsFor(openSeq, toggle)}
          rows={itemsOf(log.data)}
          keyOf={({ seq }) => String(seq)}
          rowHeight={42}
          error={log.error}
          onRetry={() => void log.refetch()}
          currentKey={openSeq}
          onOpen={toggle}
          renderDetail={(entry) => <AuditDetail entry={entry} />}
          renderPhone={(entry) => <PhoneEntry entry={entry} />}
          hasMore={log.hasNextPage}
          isLoadingMore={log.isFetchingNextPage}
          onMore={() => void log.fetchNextPage()}
          empty={
            <EmptyState
              icon={ScrollText}
              title={isFiltered ? "Nothing fits these filters" : "Nothing has happened yet"}
              actions={
                isFiltered && (
                  <Button size="sm" onClick={() => void navigate({ search: {} })}>
                    Clear filters
                  </Button>
                )
              }
            >
              Every change, sign-in and decision is written here and cannot be altered afterwards.
            </EmptyState>
          }
        />
      </PageBody>
    </>
  );
}

function columnsFor(openSeq: string | null, toggle: (entry: AuditEntry) => void): readonly Column<AuditEntry>[] {
  return [
    { key: "time", head: "Time", className: "w-32", render: (entry) => <When at={entry.occurredAt} /> },
    { key: "who", head: "Who", className: "w-48", render: (entry) => <Who entry={entry} /> },
    { key: "action", head: "Action", className: "w-56", render: (entry) => <Action entry={entry} /> },
    {
      key: "object",
      head: "Object",
      className: "max-w-52 truncate",
      render: ({ label }) => <span className="tnum font-medium">{label ?? ""}</span>,
    },
    {
      key: "detail",
      head: "Detail",
      className: "max-w-64 truncate max-lg:hidden",
      render: (entry) => <span className="tnum text-muted">{auditLine(entry).detail}</span>,
    },
    {
      key: "where",
      head: "Where",
      className: "max-w-40 truncate max-lg:hidden",
      render: ({ device }) => <span className="text-xs text-subtle">{device}</span>,
    },
    {
      key: "toggle",
      head: "Details",
      isHeadHidden: true,
      className: "w-11",
      render: (entry) => {
        const isOpen = openSeq === String(entry.seq);
        return (
          <IconButton
            icon={isOpen ? ChevronUp : ChevronDown}
            iconSize={14}
            size="xs"
            label={isOpen ? "Hide details" : "Show details"}
            aria-expanded={isOpen}
            onClick={() => toggle(entry)}
          />
        );
      },
    },
  ];
}

/** Seconds today, because order matters here; the day where it is another one. */
function When({ at }: { readonly at: string }): ReactElement {
  const day = dayIn(browserTimeZone(), new Date(at));
  const isToday = day === today();
  return (
    <time dateTime={at} data-tip={formatStamp(at)} className="tnum text-subtle">
      {isToday ? formatTime(at, { seconds: true }) : `${formatDay(day)} ${formatTime(at)}`}
    </time>
  );
}

function Who({ entry }: { readonly entry: AuditEntry }): ReactElement {
  if (entry.actor === null) {
    return (
      <span className="flex items-center gap-2">
        <IconTile icon={Cpu} size={22} /> Rainmaker
      </span>
    );
  }
  return (
    <span className="flex items-center gap-2">
      <Avatar person={entry.actor} size={20} isDecorative />
      <span className="truncate">{entry.actor.name}</span>
    </span>
  );
}

function Action({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const { action, tone } = auditLine(entry);
  return (
    <span className="flex items-center gap-2">
      <IconTile icon={auditIcon(entry.entity)} tone={tone} size={22} />
      <span className="truncate font-medium">{action}</span>
    </span>
  );
}

function PhoneEntry({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const { detail } = auditLine(entry);
  return (
    <span className="flex flex-col gap-0.5">
      <span className="flex items-center gap-2">
        <Action entry={entry} />
        <span className="ml-auto flex-none text-xs">
          <When at={entry.occurredAt} />
        </span>
      </span>
      <span className="truncate pl-7.5 text-xs text-subtle">
        {[entry.actor?.name ?? "Rainmaker", entry.label, detail].filter(Boolean).join(" · ")}
      </span>
    </span>
  );
}

function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
