import { outcomesByKind, type InteractionKind, type Outcome } from "@rainmaker/contracts/sales/interactions";
import { dayIn } from "@rainmaker/contracts/time";
import { record, type RecordDefinition } from "#modules/records";
import { invalidField } from "#platform/errors";

/** What an interaction is to the record engine. */
export const interactionRecord = record({
  name: "interaction",
  table: "interaction",
  numberPrefix: "ACT",
  titleColumn: "subject",
  hasGrants: true,
  sorts: {
    occurredAt: { column: "occurred_at", type: "timestamptz", isNullable: false },
    followUpOn: { column: "follow_up_on", type: "date", isNullable: true },
  },
  filters: {
    kind: { column: "kind", compare: "equals", type: "text" },
    outcome: { column: "outcome", compare: "equals", type: "text" },
    customerId: { column: "customer_id", compare: "equals", type: "uuid" },
    opportunityId: { column: "opportunity_id", compare: "equals", type: "uuid" },
    authorId: { column: "author_id", compare: "equals", type: "uuid" },
    ownerId: { column: "owner_id", compare: "equals", type: "uuid" },
    followUpBy: { column: "follow_up_on", compare: "to", type: "date" },
  },
}) satisfies RecordDefinition;

/** An interaction as the commands work with it. */
export type Interaction = {
  readonly id: string;
  readonly number: bigint;
  /** Owner of what it is about, else its author. */
  readonly ownerId: string | null;
  /** Who had it. */
  readonly authorId: string | null;
  readonly kind: InteractionKind;
  readonly direction: "inbound" | "outbound" | null;
  readonly subject: string;
  readonly body: string | null;
  readonly outcome: Outcome | null;
  /** Instant. */
  readonly occurredAt: string;
  readonly minutes: number | null;
  readonly followUpOn: string | null;
  readonly customerId: string | null;
  readonly opportunityId: string | null;
  readonly contactIds: readonly string[];
  /** Colleagues who took part beside the author. */
  readonly memberIds: readonly string[];
  readonly mentionedIds: readonly string[];
  readonly externalId: string | null;
  readonly version: number;
};

const kindNames: Record<InteractionKind, string> = { call: "Call", meeting: "Meeting", mail: "Mail", note: "Note" };
const longestMadeSubject = 80;

/** What it is called where nobody said: the first line of the text, or what it was. */
export function subjectOf(kind: InteractionKind, subject: string | null, body: string | null): string {
  if (subject !== null) return subject;
  const line = body?.split("\n")[0]?.trim() ?? "";
  if (line === "") return kindNames[kind];
  return line.length > longestMadeSubject ? `${line.slice(0, longestMadeSubject - 1)}…` : line;
}

/** @throws Refusal 422 for what cannot have happened like that */
export function requirePossible({ kind, outcome, occurredAt }: Interaction, now: Date): void {
  if (Date.parse(occurredAt) > now.getTime()) {
    throw invalidField("occurredAt", "in_future", "What is still to come is a task; this is for what happened");
  }
  if (!isOutcomeOf(kind, outcome)) {
    throw invalidField("outcome", "outcome_of_other_kind", `A ${kind} does not end like that`);
  }
}

export function isOutcomeOf(kind: InteractionKind, outcome: Outcome | null): boolean {
  const possible: readonly string[] = outcomesByKind[kind];
  return outcome === null || possible.includes(outcome);
}

/** A follow-up lies ahead of the day it is planned. @throws Refusal 422 */
export function requireFollowUpAhead(followUpOn: string | null | undefined, now: Date, timeZone: string): void {
  if (followUpOn == null || followUpOn >= dayIn(timeZone, now)) return;
  throw invalidField("followUpOn", "in_past", "A follow-up is planned for today or later");
}
