import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { EventId, MemberId } from "../ids.ts";
import { Day, Instant } from "../time.ts";

export const AuditEntry = z.object({
  /** Position in the organization's log, without gaps from 1. */
  seq: z.int(),
  id: EventId,
  type: z.string(),
  /** The entity the entry is about, and its id and human number where it has one. */
  entity: z.string(),
  recordId: z.nullable(z.uuid()),
  label: z.nullable(z.string()),
  actor: z.nullable(z.object({ id: MemberId, name: z.string() })),
  occurredAt: Instant,
  /** Changed fields, each as [before, after]. */
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
  /** The facts the event carries. */
  facts: z.record(z.string(), z.unknown()),
  requestId: z.nullable(z.string()),
  address: z.nullable(z.string()),
  device: z.nullable(z.string()),
});
export type AuditEntry = z.output<typeof AuditEntry>;

const narrowing = {
  /** A sentence such as "maya moved opp-12": who, what happened, to which record. */
  q: z.optional(z.string().check(z.maxLength(200))),
  /** Only where this field was changed. */
  field: z.optional(z.string().check(z.maxLength(60))),
  actorId: z.optional(MemberId),
  /** Entity such as payment, or an event type such as payment.verified. */
  entity: z.optional(z.string().check(z.maxLength(40))),
  type: z.optional(z.string().check(z.maxLength(60))),
  recordId: z.optional(z.uuid()),
  from: z.optional(Day),
  to: z.optional(Day),
};

export const listAuditLog = endpoint("GET", "/audit-log", "What happened, newest first", "audit.read", {
  query: z.strictObject({
    ...pageQuery,
    ...narrowing,
  }),
  reply: page(AuditEntry),
});

/** A line for each changed field, and one for an entry that changed none. That it was taken out is an entry itself. */
export const exportAuditLog = endpoint(
  "POST",
  "/audit-log/exports",
  "What happened, as CSV; the log says who took it",
  "audit.read",
  {
    query: z.strictObject(narrowing),
    replyType: "text/csv; charset=utf-8",
  },
);

export const verifyAuditLog = endpoint(
  "GET",
  "/audit-log/verification",
  "Recompute the hash chain of the log",
  "audit.read",
  {
    reply: z.object({
      verified: z.boolean(),
      entries: z.int(),
      /** The first entry whose hash does not follow from the one before. */
      firstBadSeq: z.nullable(z.int()),
      checkedAt: Instant,
    }),
  },
);
