import { contactText } from "../opportunities/opportunity-risk.ts";
import type { OpportunityRow } from "@rainmaker/contracts/sales/opportunities";
import { TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import type { Column } from "#ui/data-table";
import { TextLink } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { DayText, Moment } from "#ui/moment";
import { QuietText } from "#ui/quiet-text";
import { lostReasonNames } from "../opportunities/opportunity-words.ts";
import { StageBadge } from "../opportunities/stage-badge.tsx";
import { AmountCell, CloseCell, OwnerCell, PriorityCell, TextCell } from "./opportunity-cells.tsx";

/** Why an opportunity is at risk, in words; null while it is not. */
export type Risk = (card: OpportunityRow) => string | null;
type Open = (card: OpportunityRow) => void;

/** Those that stand until somebody chooses others. */
export const usualOpportunityColumns: readonly string[] = [
  "opportunity",
  "customer",
  "stage",
  "amount",
  "expectedCloseOn",
  "nextStep",
  "owner",
  "updatedAt",
];

/** Columns to choose from; facts are changed where they stand. */
export function opportunityColumns(risk: Risk, onOpen: Open): readonly Column<OpportunityRow>[] {
  return [
    {
      key: "opportunity",
      head: "Opportunity",
      sort: "title",
      className: "max-w-72",
      render: (card) => <TitleCell card={card} onOpen={() => onOpen(card)} />,
    },
    {
      key: "customer",
      head: "Customer",
      className: "max-w-48",
      render: ({ customer }) => <CustomerCell customer={customer} />,
    },
    { key: "stage", head: "Stage", render: ({ stage }) => <StageBadge stage={stage} /> },
    { key: "amount", head: "Value", sort: "amount", align: "right", render: (card) => <AmountCell card={card} /> },
    {
      key: "expectedCloseOn",
      head: "Closes",
      sort: "expectedCloseOn",
      className: "whitespace-nowrap",
      render: (card) => <Closes card={card} risk={risk(card)} />,
    },
    {
      key: "nextStep",
      head: "Next step",
      className: "max-w-52 max-lg:hidden",
      render: (card) => <NextStep card={card} />,
    },
    { key: "owner", head: "Owner", className: "max-w-44", render: (card) => <OwnerCell card={card} /> },
    {
      key: "updatedAt",
      head: "Changed",
      sort: "updatedAt",
      align: "right",
      className: "max-lg:hidden",
      render: ({ updatedAt }) => <Moment at={updatedAt} as="ago" className="text-xs text-subtle" />,
    },
    {
      key: "number",
      head: "Number",
      sort: "number",
      render: ({ number }) => <span className="tnum text-subtle">{number}</span>,
    },
    {
      key: "closedOn",
      head: "Closed",
      sort: "closedOn",
      render: ({ closedOn }) => <QuietText>{closedOn === null ? null : <DayText day={closedOn} />}</QuietText>,
    },
    {
      key: "lostReason",
      head: "Lost reason",
      render: ({ lostReason }) => <QuietText>{lostReason === null ? null : lostReasonNames[lostReason]}</QuietText>,
    },
    {
      key: "source",
      head: "Source",
      className: "max-w-44",
      render: (card) => <TextCell card={card} field="source" label="Source" />,
    },
    { key: "priority", head: "Priority", render: (card) => <PriorityCell card={card} /> },
    {
      key: "contact",
      head: "Contact",
      sort: "quietSince",
      render: ({ freshness }) => <QuietText>{freshness === null ? null : contactText(freshness)}</QuietText>,
    },
    {
      key: "nextStepOn",
      head: "Next step on",
      render: ({ nextStepOn }) => <QuietText>{nextStepOn === null ? null : <DayText day={nextStepOn} />}</QuietText>,
    },
    {
      key: "stageSince",
      head: "In stage since",
      render: ({ stageSince }) => <Moment at={stageSince} className="text-muted" />,
    },
    {
      key: "createdAt",
      head: "Added",
      sort: "createdAt",
      render: ({ createdAt }) => <Moment at={createdAt} className="text-muted" />,
    },
  ];
}

function TitleCell({ card, onOpen }: { readonly card: OpportunityRow; readonly onOpen: () => void }): ReactElement {
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

function CustomerCell({ customer }: Pick<OpportunityRow, "customer">): ReactElement {
  if (customer === null) return <span className="text-subtle">None yet</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <LogoMark id={customer.id} name={customer.name} size={18} />
      <span className="truncate">{customer.name}</span>
    </span>
  );
}

function Closes({ card, risk }: { readonly card: OpportunityRow; readonly risk: string | null }): ReactElement {
  return (
    <span className="tnum flex items-center gap-1.5">
      <CloseCell card={card} />
      <RiskMark risk={risk} />
    </span>
  );
}

function RiskMark({ risk }: { readonly risk: string | null }): ReactElement | null {
  if (risk === null) return null;
  return (
    <span data-tip={risk} className="text-warning-fg">
      <TriangleAlert size={14} aria-hidden="true" />
      <span className="sr-only">At risk: {risk}</span>
    </span>
  );
}

function NextStep({ card }: { readonly card: OpportunityRow }): ReactElement {
  const isOpen = card.stage.kind === "open";
  const empty = isOpen ? <span className="text-warning-fg">No next step</span> : <span />;
  return <TextCell card={card} field="nextStep" label="Next step" empty={empty} />;
}

type PhoneOpportunityProps = {
  readonly card: OpportunityRow;
  readonly risk: string | null;
  readonly onOpen: () => void;
};

/** An opportunity in two lines, on phones. */
export function PhoneOpportunity({ card, risk, onOpen }: PhoneOpportunityProps): ReactElement {
  const day = card.closedOn ?? card.expectedCloseOn;
  return (
    <span className="flex items-center gap-3">
      {card.customer !== null && <LogoMark id={card.customer.id} name={card.customer.name} size={32} />}
      <span className="flex min-w-0 flex-1 flex-col">
        <TitleCell card={card} onOpen={onOpen} />
        <span className="truncate text-xs text-subtle">{card.customer?.name ?? "No customer yet"}</span>
      </span>
      <span className="flex flex-none flex-col items-end text-xs">
        <span className="tnum">{card.amount === null ? "None yet" : formatMoney(card.amount, { style: "short" })}</span>
        <span className="tnum flex items-center gap-1.5">
          {day === null ? <span className="text-subtle">No date</span> : <DayText day={day} />}
          <RiskMark risk={risk} />
        </span>
      </span>
    </span>
  );
}
