import type { PipelineId } from "@rainmaker/contracts/ids";
import { listOpportunities, type OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { type Stage } from "@rainmaker/contracts/sales/pipelines";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { formatMoney } from "#lib/format";
import { itemsOf, livePages } from "#lib/query";
import { Avatar } from "#ui/avatar";
import { DataTable, type Column } from "#ui/data-table";
import { TextLink } from "#ui/link";
import { PageBody } from "#ui/page-head";
import { LogoMark } from "#ui/logo-mark";
import { DayText, Moment } from "#ui/moment";
import { riskOf } from "../opportunities/opportunity-risk.ts";
import { StageBadge } from "../opportunities/stage-badge.tsx";
import { OpportunityBulk } from "./opportunity-bulk.tsx";
import type { PipelineSearch } from "./search.ts";
import { filtersOf } from "./use-board.ts";
import { useToday } from "../opportunities/use-today.ts";

type OpportunityTableProps = {
  readonly pipelineId: PipelineId;
  readonly stages: readonly Stage[];
  readonly search: PipelineSearch;
  readonly empty: ReactNode;
  readonly onShow: (changes: Partial<PipelineSearch>) => void;
  readonly onOpen: (card: OpportunityCard, among: readonly OpportunityCard[]) => void;
};

export function OpportunityTable(props: OpportunityTableProps): ReactElement {
  const { pipelineId, stages, search, empty, onShow, onOpen } = props;
  const today = useToday();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { stage, view } = search;
  const isClosed = stages.some(({ id, kind }) => id === stage && kind !== "open");
  // What comes first, or what came last.
  const sort = search.sort ?? (isClosed ? "-closedOn" : "expectedCloseOn");
  const where = stage === undefined ? { kind: "open" as const } : { stageId: stage };
  const pages = useInfiniteQuery({
    ...livePages(
      listOpportunities,
      {
        query: {
          limit: "100",
          pipelineId,
          sort,
          ...where,
          ...filtersOf(search, today),
          ...(view !== undefined && { view }),
        },
      },
      ["opportunity"],
    ),
    placeholderData: keepPreviousData,
  });
  const rows = itemsOf(pages.data);
  const risk = (card: OpportunityCard): string | null =>
    riskOf(card, stages.find(({ id }) => id === card.stage.id)?.normDays ?? null, today, new Date());
  // Rows that are gone from the table are chosen no more.
  const chosen = new Set(rows?.flatMap(({ id }) => (selected.has(id) ? [id] : [])) ?? []);
  return (
    <>
      <PageBody isPadded={false} className="pt-2">
        <DataTable
          label="Opportunities"
          selection={{ selected: chosen, onChange: setSelected, nameOf: ({ title }) => title }}
          columns={columnsFor(risk, isClosed, (card) => onOpen(card, rows ?? []))}
          rows={rows}
          keyOf={({ id }) => id}
          renderPhone={(card) => <PhoneRow card={card} risk={risk(card)} onOpen={() => onOpen(card, rows ?? [])} />}
          empty={empty}
          error={pages.error}
          onRetry={() => void pages.refetch()}
          sort={sort}
          onSort={(next) => onShow({ sort: next as PipelineSearch["sort"] })}
          onOpen={(card) => onOpen(card, rows ?? [])}
          hasMore={pages.hasNextPage}
          isLoadingMore={pages.isFetchingNextPage}
          onMore={() => void pages.fetchNextPage()}
          rowHeight={40}
        />
      </PageBody>
      <OpportunityBulk
        rows={rows}
        hasMore={pages.hasNextPage}
        selected={chosen}
        onSelect={setSelected}
        {...{ pipelineId, stages, search, sort, today }}
      />
    </>
  );
}

type Risk = (card: OpportunityCard) => string | null;

function columnsFor(
  risk: Risk,
  isClosed: boolean,
  onOpen: (card: OpportunityCard) => void,
): readonly Column<OpportunityCard>[] {
  return [
    {
      key: "title",
      head: "Opportunity",
      sort: "title",
      className: "max-w-72",
      render: (card) => <Title card={card} onOpen={() => onOpen(card)} />,
    },
    {
      key: "customer",
      head: "Customer",
      className: "max-w-48",
      render: ({ customer }) => <CustomerName customer={customer} />,
    },
    { key: "stage", head: "Stage", render: ({ stage }) => <StageBadge stage={stage} /> },
    {
      key: "amount",
      head: "Value",
      sort: "amount",
      align: "right",
      render: ({ amount }) => <Value amount={amount} />,
    },
    {
      key: "closes",
      head: isClosed ? "Closed" : "Closes",
      sort: isClosed ? "closedOn" : "expectedCloseOn",
      className: "whitespace-nowrap",
      render: (card) => <CloseDay card={card} risk={risk(card)} />,
    },
    {
      key: "next",
      head: "Next step",
      className: "max-w-48 max-lg:hidden",
      render: ({ nextStep, stage }) => <NextStep text={nextStep} isOpen={stage.kind === "open"} />,
    },
    {
      key: "owner",
      head: "Owner",
      className: "max-w-40",
      render: ({ owner }) =>
        owner === null ? (
          <span className="text-subtle">Nobody</span>
        ) : (
          <span className="flex min-w-0 items-center gap-2">
            <Avatar person={owner} size={20} isDecorative />
            <span className="truncate">{owner.name}</span>
          </span>
        ),
    },
    {
      key: "updated",
      head: "Changed",
      sort: "updatedAt",
      align: "right",
      className: "max-lg:hidden",
      render: ({ updatedAt }) => <Moment at={updatedAt} as="ago" className="text-xs text-subtle" />,
    },
  ];
}

function Title({ card, onOpen }: { readonly card: OpportunityCard; readonly onOpen: () => void }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <TextLink
        to="/opportunities/$opportunityId"
        params={{ opportunityId: card.id }}
        onClick={onOpen}
        className="truncate text-default"
      >
        {card.title}
      </TextLink>
      <span className="tnum flex-none text-xs text-subtle">{card.number}</span>
    </span>
  );
}

function CustomerName({ customer }: Pick<OpportunityCard, "customer">): ReactElement {
  if (customer === null) return <span className="text-subtle">None yet</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <LogoMark id={customer.id} name={customer.name} size={18} />
      <span className="truncate">{customer.name}</span>
    </span>
  );
}

function Value({ amount }: Pick<OpportunityCard, "amount">): ReactElement {
  if (amount === null) return <span className="text-subtle">None yet</span>;
  return <span className="tnum">{formatMoney(amount, { style: "short" })}</span>;
}

function CloseDay({ card, risk }: { readonly card: OpportunityCard; readonly risk: string | null }): ReactElement {
  const day = card.closedOn ?? card.expectedCloseOn;
  return (
    <span className="tnum flex items-center gap-1.5">
      {day === null ? <span className="text-subtle">No date</span> : <DayText day={day} />}
      {risk !== null && (
        <span data-tip={risk} className="text-warning-fg">
          <TriangleAlert size={14} aria-hidden="true" />
          <span className="sr-only">At risk: {risk}</span>
        </span>
      )}
    </span>
  );
}

function NextStep({ text, isOpen }: { readonly text: string | null; readonly isOpen: boolean }): ReactElement | null {
  if (text !== null && text.trim() !== "") return <span className="block truncate text-muted">{text}</span>;
  return isOpen ? <span className="text-warning-fg">No next step</span> : null;
}

function PhoneRow(props: { card: OpportunityCard; risk: string | null; onOpen: () => void }): ReactElement {
  const { card, risk, onOpen } = props;
  return (
    <span className="flex items-center gap-3">
      {card.customer !== null && <LogoMark id={card.customer.id} name={card.customer.name} size={32} />}
      <span className="flex min-w-0 flex-1 flex-col">
        <Title card={card} onOpen={onOpen} />
        <span className="truncate text-xs text-subtle">{card.customer?.name ?? "No customer yet"}</span>
      </span>
      <span className="flex flex-none flex-col items-end text-xs">
        <Value amount={card.amount} />
        <CloseDay card={card} risk={risk} />
      </span>
    </span>
  );
}
