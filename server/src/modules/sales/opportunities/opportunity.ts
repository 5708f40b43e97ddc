import type { contactRoles, LostReason, priorities } from "@rainmaker/contracts/sales/opportunities";
import type { FieldError } from "@rainmaker/contracts/problem";
import { record, type CustomDocument, type RecordDefinition } from "#modules/records";
import { patched } from "#platform/audit";
import { Refusal } from "#platform/errors";
import type { Stage } from "../pipeline/stage.ts";
import { missingFor, refuseEntry } from "./stage-entry.ts";

/** What an opportunity is to the record engine. */
export const opportunityRecord = record({
  name: "opportunity",
  table: "opportunity",
  numberPrefix: "OPP",
  titleColumn: "title",
  hasGrants: true,
  sorts: {
    rank: { column: "rank", type: "text", isNullable: false },
    expectedCloseOn: { column: "expected_close_on", type: "date", isNullable: true },
    closedOn: { column: "closed_on", type: "date", isNullable: true },
    amount: { column: "amount_minor", type: "bigint", isNullable: true },
    title: { column: "title", type: "text", isNullable: false },
    createdAt: { column: "created_at", type: "timestamptz", isNullable: false },
    updatedAt: { column: "updated_at", type: "timestamptz", isNullable: false },
    number: { column: "number", type: "bigint", isNullable: false },
    quietSince: { column: "quiet_since", type: "timestamptz", isNullable: false },
  },
  filters: {
    q: { column: "title", compare: "prefix", type: "text" },
    pipelineId: { column: "pipeline_id", compare: "equals", type: "uuid" },
    stageId: { column: "stage_id", compare: "equals", type: "uuid" },
    ownerId: { column: "owner_id", compare: "equals", type: "uuid" },
    customerId: { column: "customer_id", compare: "equals", type: "uuid" },
    source: { column: "source", compare: "equals", type: "text" },
    priority: { column: "priority", compare: "equals", type: "text" },
    closeFrom: { column: "expected_close_on", compare: "from", type: "date" },
    closeBy: { column: "expected_close_on", compare: "to", type: "date" },
    amountFrom: { column: "amount_minor", compare: "from", type: "bigint" },
    amountTo: { column: "amount_minor", compare: "to", type: "bigint" },
  },
  fields: {
    title: { column: "title", kind: "text" },
    ownerId: { column: "owner_id", kind: "member" },
    teamId: { column: "owner_id", kind: "team" },
    customerId: { column: "customer_id", kind: "record" },
    pipelineId: { column: "pipeline_id", kind: "record" },
    stageId: { column: "stage_id", kind: "record" },
    stageKind: {
      column: "kind",
      kind: "choice",
      choices: ["open", "won", "lost"],
      through: { table: "stage", key: "stage_id" },
    },
    amount: { column: "amount_minor", kind: "money" },
    expectedCloseOn: { column: "expected_close_on", kind: "day" },
    closedOn: { column: "closed_on", kind: "day" },
    stageSince: { column: "stage_since", kind: "instant" },
    source: { column: "source", kind: "text" },
    priority: { column: "priority", kind: "choice", choices: ["low", "medium", "high"] },
    nextStep: { column: "next_step", kind: "text" },
    customerIndustry: { column: "industry", kind: "text", through: { table: "customer", key: "customer_id" } },
    customerTags: { column: "tags", kind: "tags", through: { table: "customer", key: "customer_id" } },
    lastInteraction: {
      column: "occurred_at",
      kind: "activity",
      done: { table: "interaction", key: "opportunity_id" },
    },
    nextStepOn: { column: "next_step_on", kind: "day" },
    quietSince: { column: "quiet_since", kind: "instant" },
    createdAt: { column: "created_at", kind: "instant" },
    updatedAt: { column: "updated_at", kind: "instant" },
  },
  groups: {
    stageId: { column: "stage_id", kind: "id", label: { table: "stage", column: "name", order: "position" } },
    ownerId: { column: "owner_id", kind: "id", label: { table: "organization.member_ref", column: "name" } },
    customerId: { column: "customer_id", kind: "id", label: { table: "customer", column: "name" } },
    source: { column: "source", kind: "text" },
    priority: { column: "priority", kind: "choice" },
    expectedCloseOn: { column: "expected_close_on", kind: "month" },
    closedOn: { column: "closed_on", kind: "month" },
  },
  money: { amount: "amount_minor", currency: "currency" },
}) satisfies RecordDefinition;

export type LostReason = typeof LostReason._zod.output;
export type Priority = (typeof priorities)[number];
export type ContactRole = (typeof contactRoles)[number];

/** An opportunity as the commands work with it. Its stage changes by `moveToStage` alone, whoever asks. */
export type Opportunity = {
  readonly id: string;
  readonly number: bigint;
  readonly ownerId: string | null;
  readonly customerId: string | null;
  readonly pipelineId: string;
  readonly stageId: string;
  /** Instant. */
  readonly stageSince: string;
  readonly rank: string;
  readonly title: string;
  /** Minor units of currency; null while nobody put a value on it. */
  readonly amountMinor: bigint | null;
  readonly currency: string;
  readonly expectedCloseOn: string | null;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly lostReason: LostReason | null;
  readonly nextStep: string | null;
  readonly nextStepOn: string | null;
  /** Instant of the latest call, meeting or mail that somebody logged. */
  readonly contactAt: string | null;
  readonly source: string | null;
  readonly priority: Priority | null;
  readonly description: string | null;
  /** Sum of its line items in minor units; null where none has a price. */
  readonly linesTotalMinor: bigint | null;
  readonly externalId: string | null;
  readonly custom: CustomDocument;
  readonly version: number;
};

/** What a mover gives along with the stage. */
export type MoveFacts = {
  readonly custom?: CustomDocument | undefined;
  /** Custom fields that have to be filled from this stage on and are not. */
  readonly missing?: readonly FieldError[] | undefined;
  readonly lostReason?: LostReason | undefined;
  readonly amountMinor?: bigint | undefined;
  readonly customerId?: string | undefined;
  /** Today unless given. */
  readonly closedOn?: string | undefined;
  readonly expectedCloseOn?: string | undefined;
  readonly nextStep?: string | undefined;
  readonly nextStepOn?: string | undefined;
  readonly source?: string | undefined;
  readonly priority?: Priority | undefined;
  readonly description?: string | undefined;
};

/**
 * The one transition of stages: board, form, bulk change and API all end here. A stage asks for what its pipeline says;
 * Won needs an amount, a customer and the day it was signed besides, Lost a reason; an open stage takes all that back.
 * @param today the organization's calendar day
 * @throws Refusal 422 that names what is missing, 409 where it is in the stage already
 */
export function moveToStage(
  before: Opportunity,
  target: Stage,
  facts: MoveFacts,
  today: string,
  now: Date,
): Opportunity {
  if (before.stageId === target.id) {
    throw new Refusal("conflict", "already_in_stage", `It is in ${target.name} already`);
  }
  if (before.pipelineId !== target.pipelineId) {
    throw new Refusal("conflict", "other_pipeline", `${target.name} belongs to another pipeline`);
  }
  const { lostReason: _, closedOn: _closed, missing: empty = [], ...said } = facts;
  const moved = {
    ...patched(before, said),
    stageId: target.id,
    stageSince: now.toISOString(),
    version: before.version + 1,
  };
  const lacks = [...missingFor(target, { ...moved, isInTouch: isInTouch(before) }), ...empty];
  if (target.kind === "open") {
    refuseEntry(target, lacks);
    return { ...moved, closedOn: null, lostReason: null };
  }
  const closedOn = facts.closedOn ?? today;
  const missing = target.kind === "won" ? missingForWon(moved) : missingForLost(facts);
  const others = lacks.filter(({ path }) => !missing.some((other) => other.path === path));
  refuseEntry(target, [...missing, ...others, ...dayFaults(closedOn, before.openedOn, today)]);
  return { ...moved, closedOn, lostReason: target.kind === "lost" ? (facts.lostReason ?? null) : null };
}

function missingForWon({ amountMinor, customerId }: Pick<Opportunity, "amountMinor" | "customerId">): FieldError[] {
  const missing: FieldError[] = [];
  if (amountMinor === null || amountMinor <= 0n) {
    missing.push({ path: "amount", code: "required", message: "Say what it was sold for" });
  }
  if (customerId === null) missing.push({ path: "customerId", code: "required", message: "Say who bought it" });
  return missing;
}

function missingForLost({ lostReason }: MoveFacts): FieldError[] {
  return lostReason === undefined ? [{ path: "lostReason", code: "required", message: "Say why it was lost" }] : [];
}

function dayFaults(closedOn: string, openedOn: string, today: string): FieldError[] {
  if (closedOn > today) return [{ path: "closedOn", code: "in_future", message: "This day is still to come" }];
  if (closedOn < openedOn) {
    return [{ path: "closedOn", code: "before_opening", message: `It was opened on ${openedOn}` }];
  }
  return [];
}

/** Whether somebody called, met or wrote since it entered the stage it is in. */
function isInTouch({ contactAt, stageSince }: Opportunity): boolean {
  return contactAt !== null && Date.parse(contactAt) >= Date.parse(stageSince);
}

export function pastClose(): Refusal {
  const message = "An open opportunity closes today or later";
  return new Refusal("invalid", "invalid_request", message, {
    errors: [{ path: "expectedCloseOn", code: "in_past", message }],
  });
}

/** A date entered by hand for something that is still open lies ahead. @throws Refusal 422 */
export function refusePastClose(expectedCloseOn: string | null | undefined, today: string): void {
  if (expectedCloseOn == null || expectedCloseOn >= today) return;
  throw pastClose();
}

/** Whole seconds in the stage until now. */
export function secondsInStage({ stageSince }: Pick<Opportunity, "stageSince">, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(stageSince)) / 1000));
}
