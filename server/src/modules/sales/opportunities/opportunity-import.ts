import type { lostReasons } from "@rainmaker/contracts/sales/opportunities";
import type { ParsedRow, RowFault } from "#modules/records";
import type { Resolved } from "../imports/resolve.ts";
import { valuesSaid } from "../imports/values-said.ts";
import type { Stage } from "../pipeline/stage.ts";
import { missingFor } from "./stage-entry.ts";

type EndStage = Pick<Stage, "id" | "kind" | "requirements">;

type LostReason = (typeof lostReasons)[number];

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
  readonly priority: "low" | "medium" | "high" | null;
  /** Of what ended lost. */
  readonly lostReason: LostReason | null;
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
    priority: priorities[(text("priority") ?? "").toLowerCase()] ?? null,
    lostReason: end.kind === "lost" ? lostReasonOf(text("lostReason")) : null,
    description: text("description"),
  };
  return { row, faults: [...faultsOf(row, customer), ...priorityFaults(text("priority"), row)] };
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
    priority: { from: "priority" },
    description: { from: "description" },
    external_id: { from: "externalId" },
  });
  return {
    ...said,
    ...(typeof values.get("title") === "string" ? { title: row.title } : {}),
    ...(row.amountMinor === null ? {} : { currency: row.currency ?? currency }),
  };
}

/** Other systems write a sentence: the reason it names, else "other". */
function lostReasonOf(text: string | null): LostReason | null {
  if (text === null) return null;
  return lostWords.find(([, form]) => form.test(text))?.[0] ?? "other";
}

const lostWords = [
  ["competitor", /competit|rival/i],
  ["no_budget", /budget|funding/i],
  ["price", /pric|expensive|cost/i],
  ["timing", /timing|time|postpone|later/i],
  ["no_decision", /decision|respon|unresponsive|silent|ghost/i],
] as const satisfies readonly (readonly [LostReason, RegExp])[];

/** Words of other systems; "none" and the like are no priority. */
const priorities: Readonly<Record<string, "low" | "medium" | "high">> = {
  low: "low",
  medium: "medium",
  normal: "medium",
  high: "high",
  highest: "high",
  urgent: "high",
};

function priorityFaults(said: string | null, { priority }: OpportunityRow): RowFault[] {
  if (said === null || priority !== null || /^(none|-+|n\/a)$/i.test(said)) return [];
  return [{ field: "priority", code: "priority_unknown", message: "Low, medium or high" }];
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
