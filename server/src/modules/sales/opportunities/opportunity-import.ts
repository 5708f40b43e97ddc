import type { ImportField, ParsedRow, RowFault } from "#modules/records";
import type { Resolved } from "../imports/resolve.ts";
import { valuesSaid } from "../imports/values-said.ts";
import type { Stage } from "../pipeline/stage.ts";
import { missingFor } from "./stage-entry.ts";

/** What a column of a file of opportunities can be, and how other systems head it. */
export const opportunityFields: readonly ImportField[] = [
  {
    name: "externalId",
    label: "Id in the other system",
    kind: "text",
    required: false,
    maxLength: 100,
    synonyms: ["opportunity id", "opportunity_id", "deal id", "record id", "id", "external id", "externalId"],
  },
  {
    name: "title",
    label: "Title",
    kind: "text",
    required: false,
    maxLength: 200,
    synonyms: ["opportunity name", "deal name", "deal title", "name", "opportunity", "potential name", "subject"],
  },
  {
    name: "customer",
    label: "Customer",
    kind: "relation",
    required: false,
    maxLength: 200,
    synonyms: [
      "account",
      "account name",
      "company",
      "company name",
      "organization",
      "organization name",
      "client",
      "associated company",
    ],
  },
  {
    name: "owner",
    label: "Owner",
    kind: "relation",
    required: false,
    maxLength: 160,
    synonyms: [
      "sales agent",
      "sales_agent",
      "deal owner",
      "opportunity owner",
      "owner name",
      "sales rep",
      "salesperson",
      "assigned to",
    ],
  },
  {
    name: "product",
    label: "Product",
    kind: "relation",
    required: false,
    maxLength: 200,
    synonyms: ["product name", "item", "line item"],
  },
  {
    name: "stage",
    label: "Stage",
    kind: "relation",
    required: false,
    maxLength: 80,
    synonyms: ["deal stage", "deal_stage", "sales stage", "status", "pipeline stage"],
  },
  {
    name: "amount",
    label: "Value",
    kind: "money",
    required: false,
    synonyms: [
      "amount",
      "close value",
      "close_value",
      "deal value",
      "opportunity amount",
      "revenue",
      "expected revenue",
    ],
  },
  {
    name: "currency",
    label: "Currency",
    kind: "currency",
    required: false,
    synonyms: ["deal currency", "opportunity currency", "currency code", "amount currency"],
  },
  {
    name: "openedOn",
    label: "Opened on",
    kind: "date",
    required: false,
    synonyms: [
      "engage date",
      "engage_date",
      "create date",
      "created date",
      "created",
      "deal created",
      "opened",
      "start date",
    ],
  },
  {
    name: "closeOn",
    label: "Close date",
    kind: "date",
    required: false,
    synonyms: ["close date", "close_date", "closing date", "closed date", "expected close date", "won time"],
  },
  {
    name: "nextStep",
    label: "Next step",
    kind: "text",
    required: false,
    maxLength: 200,
    synonyms: ["next activity", "next action"],
  },
  {
    name: "source",
    label: "Source",
    kind: "text",
    required: false,
    maxLength: 80,
    synonyms: ["lead source", "original source", "original source type", "origin", "campaign source"],
  },
  {
    name: "description",
    label: "Description",
    kind: "text",
    required: false,
    maxLength: 10_000,
    synonyms: ["deal description", "notes", "note", "details"],
  },
];

type EndStage = Pick<Stage, "id" | "kind" | "requirements">;

/** A row as it will be written. Ids of records that are still to be made are null in a dry run. */
export type OpportunityRow = {
  readonly externalId: string | null;
  readonly title: string;
  readonly customerId: string | null;
  readonly ownerId: string | null;
  readonly productId: string | null;
  readonly stage: EndStage;
  readonly amountMinor: bigint | null;
  /** Null where the file says none: that of the import. */
  readonly currency: string | null;
  readonly openedOn: string;
  readonly expectedCloseOn: string | null;
  readonly closedOn: string | null;
  readonly nextStep: string | null;
  readonly source: string | null;
  readonly description: string | null;
};

export type Relations = {
  readonly customer: Resolved;
  readonly owner: Resolved;
  readonly product: Resolved;
  /** Null where the stage will be made. */
  readonly stage: EndStage | null;
};

/**
 * A row of the file as an opportunity. Won needs what it needs everywhere: an amount, a customer and a closing day;
 * open ones need nothing but a title, which is made of product and customer where the file has none.
 * @param today the organization's calendar day
 */
export function toOpportunityRow(
  { values }: ParsedRow,
  { customer, owner, product, stage }: Relations,
  importerId: string | null,
  today: string,
): { row: OpportunityRow; faults: RowFault[] } {
  const text = (field: string): string | null => textOf(values.get(field));
  const end = stage ?? { id: "", kind: "open" as const, requirements: [] };
  const row: OpportunityRow = {
    externalId: text("externalId"),
    title: (text("title") ?? madeTitle(text("product"), text("customer"), text("externalId"))).slice(0, 200),
    customerId: idOf(customer),
    ownerId: owner.kind === "none" ? importerId : idOf(owner),
    productId: idOf(product),
    stage: end,
    amountMinor: amountOf(values.get("amount")),
    currency: text("currency"),
    ...daysOf(end.kind, text("openedOn"), text("closeOn"), today),
    nextStep: text("nextStep"),
    source: text("source"),
    description: text("description"),
  };
  return { row, faults: faultsOf(row, customer) };
}

/**
 * What a row writes over an opportunity that is there: a title only where the file has one.
 * @param currency of amounts in the file that say none
 */
export function opportunityValues(
  row: OpportunityRow,
  { values, cleared }: Pick<ParsedRow, "values" | "cleared">,
  currency: string,
): Record<string, unknown> {
  const said = valuesSaid({ ...row, amount: row.amountMinor, closeOn: row.expectedCloseOn }, cleared, {
    amount_minor: { from: "amount" },
    expected_close_on: { from: "closeOn" },
    next_step: { from: "nextStep" },
    source: { from: "source" },
    description: { from: "description" },
    external_id: { from: "externalId" },
  });
  return {
    ...said,
    ...(typeof values.get("title") === "string" ? { title: row.title } : {}),
    ...(row.amountMinor === null ? {} : { currency: row.currency ?? currency }),
  };
}

/** A close date is expected while it is open, and past once it is won or lost. */
function daysOf(
  kind: Stage["kind"],
  openedOn: string | null,
  closeOn: string | null,
  today: string,
): Pick<OpportunityRow, "openedOn" | "expectedCloseOn" | "closedOn"> {
  if (kind === "open") return { openedOn: earlier(openedOn ?? today, today), expectedCloseOn: closeOn, closedOn: null };
  const closedOn = closeOn ?? today;
  return { openedOn: earlier(openedOn ?? closedOn, today), expectedCloseOn: null, closedOn };
}

function earlier(day: string, limit: string): string {
  return day < limit ? day : limit;
}

/** How a file calls what a stage asks for; what no file says is not asked of its rows. */
const columnsAsked = {
  amount: "amount",
  customerId: "customer",
  expectedCloseOn: "closeOn",
  nextStep: "nextStep",
  source: "source",
  description: "description",
} as const;

function entryFaults(row: OpportunityRow, customer: Resolved): RowFault[] {
  // A customer that is still to be made has no id yet.
  const customerId = customer.kind === "none" ? null : "given";
  const expectedCloseOn = row.expectedCloseOn ?? row.closedOn;
  const sale = { ...row, customerId, expectedCloseOn, priority: null, isInTouch: true };
  return missingFor(row.stage, sale).flatMap(({ path, code, message }) =>
    Object.hasOwn(columnsAsked, path)
      ? [{ field: columnsAsked[path as keyof typeof columnsAsked], code, message }]
      : [],
  );
}

function faultsOf(row: OpportunityRow, customer: Resolved): RowFault[] {
  const { stage, amountMinor, title, closedOn, openedOn } = row;
  const faults: RowFault[] = [];
  if (title === "")
    faults.push({ field: "title", code: "required", message: "A title, product, customer or id is needed" });
  if (stage.kind === "won" && (amountMinor === null || amountMinor <= 0n)) {
    faults.push({ field: "amount", code: "required", message: "What is won needs a value" });
  }
  if (stage.kind === "won" && customer.kind === "none") {
    faults.push({ field: "customer", code: "required", message: "What is won needs a customer" });
  }
  if (closedOn !== null && closedOn < openedOn) {
    faults.push({
      field: "closeOn",
      code: "before_opening",
      message: `It was opened on ${openedOn}, later than it closed`,
    });
  }
  const lacks = entryFaults(row, customer).filter(({ field }) => !faults.some((fault) => fault.field === field));
  return [...faults, ...lacks];
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function amountOf(value: unknown): bigint | null {
  return typeof value === "bigint" ? value : null;
}

function idOf(resolved: Resolved): string | null {
  return resolved.kind === "record" ? resolved.id : null;
}

function madeTitle(product: string | null, customer: string | null, externalId: string | null): string {
  return [product, customer].filter((part) => part !== null).join(", ") || (externalId ?? "");
}
