import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomerId, DealId, DealRevisionId, MemberId, OpportunityId, ProjectId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { MemberRef } from "../member-ref.ts";
import { Day, Instant } from "../time.ts";

export const dealStatuses = ["draft", "submitted", "approved", "cancelled"] as const;
export type DealStatus = (typeof dealStatuses)[number];

/** A share of a deal. Revenue credits of a deal total 10,000 basis points; overlay credits may total anything. */
export const DealCredit = z.object({
  participant: MemberRef,
  kind: z.enum(["revenue", "overlay"]),
  /** 10,000 is the whole. */
  basisPoints: z.int(),
});

/** Where the money of a deal stands, always computed from its payments. */
export const PaymentPosition = z.object({
  state: z.enum(["unpaid", "partial", "paid", "overpaid", "refunded"]),
  verified: MoneyReply,
  inReview: MoneyReply,
  /** Rejected and waiting for a better proof. */
  toFix: MoneyReply,
  /** Recorded and not sent to be verified yet. */
  draft: MoneyReply,
  open: MoneyReply,
  /** Came beyond the deal: the customer's credit. */
  credit: MoneyReply,
});

export const revisionKinds = ["amount", "cancellation"] as const;

/** A change of what was approved: proposed by one, decided by another without a stake in the deal. */
export const DealRevision = z.object({
  id: DealRevisionId,
  kind: z.enum(revisionKinds),
  /** Of the deal, once it is approved. */
  revision: z.int(),
  amountBefore: MoneyReply,
  amount: MoneyReply,
  reason: z.string(),
  state: z.enum(["proposed", "approved", "declined", "withdrawn"]),
  proposedBy: MemberRef,
  proposedAt: Instant,
  decidedBy: z.nullable(MemberRef),
  decidedAt: z.nullable(Instant),
  note: z.nullable(z.string()),
});
export type DealRevision = z.output<typeof DealRevision>;

export const Deal = z.object({
  id: DealId,
  /** DL-n. */
  number: z.string(),
  title: z.string(),
  opportunity: z.nullable(z.object({ id: OpportunityId, number: z.string() })),
  project: z.nullable(z.object({ id: ProjectId, name: z.string() })),
  customer: z.object({ id: CustomerId, name: z.string() }),
  owner: MemberRef,
  amount: MoneyReply,
  status: z.enum(dealStatuses),
  credits: z.array(DealCredit),
  position: PaymentPosition,
  wonOn: Day,
  submittedBy: z.nullable(MemberRef),
  submittedAt: z.nullable(Instant),
  approvedBy: z.nullable(MemberRef),
  approvedAt: z.nullable(Instant),
  /** Why it came back to draft, in the approver's words. */
  returnReason: z.nullable(z.string()),
  /** How often its amount was approved. */
  revision: z.int(),
  /** Changes after its approval, the newest first; at most one is proposed. */
  revisions: z.array(DealRevision),
  createdAt: Instant,
  version: z.int(),
});
export type Deal = z.output<typeof Deal>;

export const listDeals = endpoint("GET", "/deals", "Deals the viewer sees, newest first", "deal.read", {
  query: z.strictObject({
    ...pageQuery,
    opportunityId: z.optional(OpportunityId),
    customerId: z.optional(CustomerId),
    ownerId: z.optional(MemberId),
    projectId: z.optional(ProjectId),
    status: z.optional(z.enum(dealStatuses)),
    /** all; attention: to submit, to approve, or with a payment to send or to fix; review: a payment waits; paid: in full. */
    view: z.optional(z.enum(["all", "attention", "review", "paid"])),
  }),
  reply: page(Deal),
});

export const dealParams = z.strictObject({ dealId: DealId });
export const seen = { seenVersion: z.optional(z.int()) };

export const getDeal = endpoint("GET", "/deals/{dealId}", "One deal", "deal.read", { params: dealParams, reply: Deal });
