import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { ContactId, CustomerId, MemberId, OpportunityId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { Interaction } from "../sales/interactions.ts";
import { Instant } from "../time.ts";
import { trashEntities } from "./choices.ts";

export { MemberRef };

export const TrashEntry = z.object({
  entity: z.enum(trashEntities),
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  deletedAt: Instant,
  deletedBy: z.nullable(MemberRef),
});

export const listTrash = endpoint("GET", "/trash", "Deleted records, newest first; kept for 30 days", "signed-in", {
  query: z.strictObject({ ...pageQuery, entity: z.enum(trashEntities) }),
  reply: page(TrashEntry),
});

/** A line of a record's timeline: something that happened to it or to what hangs on it. */
export const TimelineEntry = z.object({
  /** Of this entry on any timeline; it stays the same. */
  id: z.string(),
  /** Position in the log; null for an interaction, which is told as it is now. */
  seq: z.nullable(z.int()),
  type: z.string(),
  entity: z.string(),
  recordId: z.nullable(z.uuid()),
  label: z.nullable(z.string()),
  actor: z.nullable(MemberRef),
  occurredAt: Instant,
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
  facts: z.record(z.string(), z.unknown()),
  /** What was said and with whom, where the type is interaction.logged. */
  interaction: z.nullable(Interaction),
  /** It stands on top of this timeline. */
  isPinned: z.boolean(),
});
export type TimelineEntry = z.output<typeof TimelineEntry>;

export const timelineKinds = ["call", "meeting", "mail", "note", "change", "money"] as const;
export type TimelineKind = (typeof timelineKinds)[number];

const timelineQuery = z.strictObject({
  ...pageQuery,
  /** One kind of interaction, changes of the record, or what happened to deals and payments. */
  kind: z.optional(z.enum(timelineKinds)),
  /** Done by this person. */
  actorId: z.optional(MemberId),
  /** In what was said, or in what changed to what. */
  q: z.optional(z.string().check(z.maxLength(200))),
  /** This entry alone, as a link names it. */
  entryId: z.optional(z.string().check(z.maxLength(40))),
  /** Those that stand on top. */
  pinned: z.optional(z.enum(["1"])),
});

export const pinEntry = endpoint(
  "PUT",
  "/timeline-pins",
  "Put an entry on top of a record's timeline, for everybody who sees it, or take it down",
  "signed-in",
  {
    body: z.strictObject({
      entity: z.enum(["customer", "contact", "opportunity"]),
      recordId: z.uuid(),
      entryId: z.string().check(z.minLength(1), z.maxLength(40)),
      isPinned: z.boolean(),
    }),
    status: 204,
  },
);

/** Entries that stand on top of one timeline at most. */
export const mostPinned = 20;

export const opportunityTimeline = endpoint(
  "GET",
  "/opportunities/{opportunityId}/timeline",
  "What happened to an opportunity and its deal and what was said, latest first",
  "opportunity.read",
  {
    params: z.strictObject({ opportunityId: OpportunityId }),
    query: timelineQuery,
    reply: page(TimelineEntry),
  },
);

export const customerTimeline = endpoint(
  "GET",
  "/customers/{customerId}/timeline",
  "What happened to a customer and to its sales and what was said, latest first",
  "customer.read",
  {
    params: z.strictObject({ customerId: CustomerId }),
    query: timelineQuery,
    reply: page(TimelineEntry),
  },
);

export const contactTimeline = endpoint(
  "GET",
  "/contacts/{contactId}/timeline",
  "What happened to a contact and what was said with them, latest first",
  "contact.read",
  {
    params: z.strictObject({ contactId: ContactId }),
    query: timelineQuery,
    reply: page(TimelineEntry),
  },
);
