import * as z from "zod/mini";
import { countedPage, countQuery, endpoint, pageQuery } from "../endpoint.ts";
import { ContactId, CustomerId, InteractionId, MemberId, OpportunityId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { orderedBy } from "../records/sorts.ts";
import { Day, Instant } from "../time.ts";
import { optionalText, text } from "./fields.ts";

export const interactionKinds = ["call", "meeting", "mail", "note"] as const;
export const InteractionKind = z.enum(interactionKinds);
export type InteractionKind = z.output<typeof InteractionKind>;

/** How each kind can end; a note ends in nothing. */
export const outcomesByKind = {
  call: ["reached", "no_answer", "left_message", "wrong_number"],
  meeting: ["held", "no_show", "cancelled"],
  mail: ["sent", "replied", "bounced"],
  note: [],
} as const satisfies Record<InteractionKind, readonly string[]>;

export const Outcome = z.enum([...outcomesByKind.call, ...outcomesByKind.meeting, ...outcomesByKind.mail]);
export type Outcome = z.output<typeof Outcome>;

export const directions = ["inbound", "outbound"] as const;
const Direction = z.enum(directions);

export const Interaction = z.object({
  id: InteractionId,
  /** ACT-n. */
  number: z.string(),
  kind: InteractionKind,
  direction: z.nullable(Direction),
  subject: z.string(),
  /** Plain text as it was typed; whoever shows it escapes it. */
  body: z.nullable(z.string()),
  outcome: z.nullable(Outcome),
  occurredAt: Instant,
  /** It was entered on a later day than it happened. */
  isBackdated: z.boolean(),
  /** How long it took. */
  minutes: z.nullable(z.int()),
  followUpOn: z.nullable(Day),
  customer: z.nullable(z.object({ id: CustomerId, name: z.string() })),
  opportunity: z.nullable(z.object({ id: OpportunityId, number: z.string(), title: z.string() })),
  /** Those of them the viewer sees. */
  contacts: z.array(z.object({ id: ContactId, name: z.string() })),
  /** Colleagues who took part beside the author. */
  members: z.array(MemberRef),
  /** Colleagues named in the text. */
  mentions: z.array(MemberRef),
  author: z.nullable(MemberRef),
  /** Owner of what it is about. */
  owner: z.nullable(MemberRef),
  externalId: z.nullable(z.string()),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.int(),
});
export type Interaction = z.output<typeof Interaction>;

/** What a write answers: beside the record, who was named and does not see it, and was therefore told nothing. */
export const SavedInteraction = z.extend(Interaction, { unseenBy: z.array(MemberRef) });

export const interactionSorts = ["occurredAt", "followUpOn"] as const;

export const listInteractions = endpoint(
  "GET",
  "/interactions",
  "Calls, meetings, mails and notes the viewer sees",
  "interaction.read",
  {
    query: z.strictObject({
      ...pageQuery,
      ...countQuery,
      /** Latest first unless given. */
      sort: z.optional(orderedBy(interactionSorts)),
      kind: z.optional(InteractionKind),
      outcome: z.optional(Outcome),
      customerId: z.optional(CustomerId),
      opportunityId: z.optional(OpportunityId),
      /** This contact took part. */
      contactId: z.optional(ContactId),
      authorId: z.optional(MemberId),
      ownerId: z.optional(MemberId),
      from: z.optional(Day),
      to: z.optional(Day),
      /** Follow-ups planned for this day or before. */
      followUpBy: z.optional(Day),
    }),
    reply: countedPage(Interaction),
  },
);

const facts = {
  direction: z.optional(z.nullable(Direction)),
  body: optionalText(20_000),
  outcome: z.optional(z.nullable(Outcome)),
  minutes: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(10_080)))),
  followUpOn: z.optional(z.nullable(Day)),
  contactIds: z.optional(z.array(ContactId).check(z.maxLength(50))),
  memberIds: z.optional(z.array(MemberId).check(z.maxLength(50))),
  mentionedIds: z.optional(z.array(MemberId).check(z.maxLength(50))),
  externalId: optionalText(100),
};

export const logInteraction = endpoint(
  "POST",
  "/interactions",
  "Log a call, meeting, mail or note with a customer, an opportunity or a contact",
  "interaction.create",
  {
    body: z.strictObject({
      kind: InteractionKind,
      /** The beginning of the text or the kind, unless given. */
      subject: optionalText(200),
      /** Now, unless given; never ahead. */
      occurredAt: z.optional(Instant),
      /** The opportunity's, unless given. */
      customerId: z.optional(CustomerId),
      opportunityId: z.optional(OpportunityId),
      ...facts,
    }),
    status: 201,
    reply: SavedInteraction,
  },
);

const interactionParams = z.strictObject({ interactionId: InteractionId });

export const getInteraction = endpoint("GET", "/interactions/{interactionId}", "One interaction", "interaction.read", {
  params: interactionParams,
  reply: Interaction,
});

export const updateInteraction = endpoint(
  "PATCH",
  "/interactions/{interactionId}",
  "Change an interaction; the log keeps what it said before",
  "interaction.edit",
  {
    params: interactionParams,
    body: z.strictObject({
      kind: z.optional(InteractionKind),
      subject: z.optional(text(200).check(z.minLength(1))),
      occurredAt: z.optional(Instant),
      ...facts,
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: SavedInteraction,
  },
);

export const deleteInteraction = endpoint(
  "DELETE",
  "/interactions/{interactionId}",
  "Move an interaction to the trash",
  "interaction.delete",
  { params: interactionParams, versioned: true, status: 204 },
);

export const restoreInteraction = endpoint(
  "POST",
  "/interactions/{interactionId}/restorations",
  "Take an interaction back from the trash",
  "interaction.delete",
  { params: interactionParams, status: 201, reply: Interaction },
);
