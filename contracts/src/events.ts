import * as z from "zod/mini";
import { Role } from "./organization/permissions.ts";

const none = z.object({});
const money = z.object({ amount: z.string(), currency: z.string() });
/** The day it counts as won, where it did until this event, or does again from it on. */
const won = { wonOn: z.nullable(z.string()) };
/** What no longer counts, by member: below zero where a chargeback was won and it counts again. */
const takenBack = {
  dealId: z.uuid(),
  amount: money,
  /** The day the figures change: the day it was paid, or later where that month is closed. */
  valueOn: z.string(),
  /** -1 where nothing of the payment is left, 1 where something is again. */
  paymentsChange: z.int(),
  credits: z.array(z.object({ memberId: z.uuid(), amount: z.string() })),
};
const refunded = { refundId: z.uuid(), kind: z.string(), amount: money };
const said = {
  kind: z.string(),
  subject: z.string(),
  customerId: z.nullable(z.uuid()),
  opportunityId: z.nullable(z.uuid()),
  /** Contacts who took part. */
  contactIds: z.array(z.uuid()),
};
const stages = { fromStage: z.nullable(z.string()), toStage: z.string(), secondsInFrom: z.nullable(z.number()) };

/** Said of the record that stays. */
const mergedFacts = z.object({ name: z.string(), mergedIds: z.array(z.uuid()), names: z.array(z.string()) });
/** Said of a record that was merged into another. */
const absorbedFacts = z.object({ name: z.string(), intoId: z.uuid(), into: z.string() });
const bulkFacts = z.object({ bulkChangeId: z.uuid(), action: z.string(), ids: z.array(z.uuid()) });

/**
 * One per chunk of an import. imported: made or written over; removed: taken back to the trash; reverted: written over,
 * and given the former values back.
 */
const importFacts = z.object({ importId: z.uuid(), ids: z.array(z.uuid()) });

/**
 * Everything a module announces, by name: noun, past tense, with the facts a reader needs, so that nobody has to look
 * up a record that has changed since. Ids of people are members' ids; days are calendar days; money is decimal.
 */
export const events = {
  "organization.registered": z.object({ name: z.string() }),
  "organization.changed": none,
  "member.joined": z.object({ name: z.string(), roles: z.array(Role) }),
  "member.changed": none,
  "member.deactivated": z.object({ name: z.string() }),
  "members.imported": z.object({ importId: z.uuid(), members: z.array(z.object({ id: z.uuid(), name: z.string() })) }),
  "team.created": z.object({ name: z.string() }),
  "team.changed": z.object({ name: z.string() }),
  "role.created": z.object({ name: z.string() }),
  "role.changed": z.object({ name: z.string() }),
  "role.deleted": z.object({ name: z.string() }),
  /** Somebody looked at what a role sees and may do, in the place of a member. */
  "role.previewed": z.object({ name: z.string(), memberId: z.uuid() }),
  "invitation.sent": z.object({ email: z.string(), roles: z.array(Role) }),
  "invitation.renewed": z.object({ email: z.string() }),
  "invitation.revoked": z.object({ email: z.string() }),
  "session.opened": none,
  "session.refused": z.object({ reason: z.enum(["wrong_password", "locked"]) }),
  "session.ended": z.object({ reason: z.string() }),
  "password.changed": none,

  "import.uploaded": z.object({ fileName: z.string(), entity: z.string() }),
  "import.requested": z.object({ fileName: z.string(), entity: z.string() }),
  "import.finished": z.object({
    fileName: z.string(),
    entity: z.string(),
    created: z.int(),
    updated: z.int(),
    skipped: z.int(),
    failed: z.int(),
  }),
  "import.failed": z.object({ fileName: z.string(), reason: z.string() }),
  "import.undo-requested": z.object({ fileName: z.string() }),
  "import.undone": z.object({ fileName: z.string(), removed: z.int(), restored: z.int(), kept: z.int() }),
  "import.redo-requested": z.object({ fileName: z.string() }),
  "import.redone": z.object({ fileName: z.string(), rows: z.int(), kept: z.int() }),
  "import.reviewed": z.object({ fileName: z.string(), verdict: z.string(), rows: z.int() }),

  "collaborator.added": z.object({ entity: z.string(), memberId: z.uuid(), name: z.string(), access: z.string() }),
  "collaborator.changed": z.object({ entity: z.string(), memberId: z.uuid(), name: z.string(), access: z.string() }),
  "collaborator.removed": z.object({ entity: z.string(), memberId: z.uuid(), name: z.string(), access: z.string() }),
  "view.saved": z.object({ name: z.string(), entity: z.string(), isShared: z.boolean() }),
  "view.deleted": z.object({ name: z.string(), entity: z.string() }),
  "custom-field.created": z.object({ label: z.string(), entity: z.string(), fieldType: z.string() }),
  "custom-field.changed": z.object({ label: z.string(), entity: z.string() }),
  "custom-field.deleted": z.object({ label: z.string(), entity: z.string() }),
  "custom-field.restored": z.object({ label: z.string(), entity: z.string() }),
  "custom-fields.arranged": z.object({ entity: z.string(), ids: z.array(z.uuid()) }),
  "export.requested": z.object({ fileName: z.string(), entity: z.string(), columns: z.array(z.string()) }),
  /** The log itself was taken out, narrowed by these filters. */
  "audit.exported": z.object({ fileName: z.string(), filters: z.record(z.string(), z.string()) }),
  "bulk.requested": z.object({ entity: z.string(), action: z.string(), total: z.int() }),
  "bulk.finished": z.object({
    entity: z.string(),
    action: z.string(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
  }),
  "bulk.cancelled": z.object({
    entity: z.string(),
    action: z.string(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
  }),
  "bulk.failed": z.object({ entity: z.string(), reason: z.string() }),
  "bulk.undo-requested": z.object({ entity: z.string(), action: z.string() }),
  "bulk.undone": z.object({ entity: z.string(), restored: z.int(), kept: z.int() }),

  "customer.created": z.object({ name: z.string() }),
  "customer.changed": z.object({ name: z.string() }),
  "customer.deleted": z.object({ name: z.string() }),
  "customer.restored": z.object({ name: z.string() }),
  "customer.merged": mergedFacts,
  "customer.absorbed": absorbedFacts,
  "duplicate.judged": z.object({ entity: z.string(), recordIds: z.array(z.uuid()), isDismissed: z.boolean() }),
  /** One per chunk of a bulk change; what each one was and became stands in the bulk change. */
  "customers.changed": bulkFacts,
  "customers.imported": importFacts,
  "customers.removed": importFacts,
  "customers.reverted": importFacts,
  "contact.created": z.object({ name: z.string() }),
  "contact.changed": z.object({ name: z.string() }),
  "contact.deleted": z.object({ name: z.string() }),
  "contact.restored": z.object({ name: z.string() }),
  "contact.merged": mergedFacts,
  "contact.absorbed": absorbedFacts,
  "contacts.changed": bulkFacts,
  "contacts.imported": importFacts,
  "contacts.removed": importFacts,
  "contacts.reverted": importFacts,
  "product.created": z.object({ name: z.string() }),
  "product.changed": z.object({ name: z.string() }),
  "products.removed": importFacts,
  "products.reverted": importFacts,
  "products.imported": z.object({
    importId: z.uuid(),
    products: z.array(z.object({ id: z.uuid(), name: z.string() })),
  }),
  "stages.imported": z.object({ importId: z.uuid(), stages: z.array(z.object({ id: z.uuid(), name: z.string() })) }),

  "pipeline.created": z.object({ name: z.string() }),
  "pipeline.changed": z.object({ name: z.string() }),
  /** The sales of a stage that was removed, and the stage they went to. */
  "opportunities.moved": z.object({ ids: z.array(z.uuid()), fromStage: z.string(), toStage: z.string() }),

  "opportunity.created": z.object({ title: z.string(), amount: z.nullable(money), stage: z.string() }),
  "opportunity.changed": z.object({ title: z.string() }),
  "opportunity.moved": z.object({ title: z.string(), ...stages }),
  "opportunity.won": z.object({ title: z.string(), ...stages, amount: money, closedOn: z.string() }),
  "opportunity.lost": z.object({ title: z.string(), ...stages, reason: z.string(), ...won }),
  "opportunity.reopened": z.object({ title: z.string(), ...stages, ...won }),
  "opportunity.deleted": z.object({ title: z.string(), ...won }),
  "opportunity.restored": z.object({ title: z.string(), ...won }),
  "opportunities.changed": bulkFacts,
  /** One per chunk. `won` names what counts as won, with its owner and closing day. */
  "opportunities.imported": z.object({
    importId: z.uuid(),
    ids: z.array(z.uuid()),
    won: z.array(z.object({ id: z.uuid(), ownerId: z.uuid(), closedOn: z.string() })),
  }),
  "opportunities.removed": z.object({
    importId: z.uuid(),
    ids: z.array(z.uuid()),
    won: z.array(z.object({ id: z.uuid(), ownerId: z.uuid(), closedOn: z.string() })),
  }),

  "opportunities.reverted": importFacts,

  /** `mentioned` names those who see the record; somebody who does not is told nothing. */
  "timeline.pinned": z.object({ entity: z.string(), entryId: z.string() }),
  "timeline.unpinned": z.object({ entity: z.string(), entryId: z.string() }),
  "interaction.logged": z.object({ ...said, mentioned: z.array(z.uuid()) }),
  "interaction.changed": z.object({ ...said, mentioned: z.array(z.uuid()) }),
  "interaction.deleted": z.object(said),
  "interaction.restored": z.object(said),
  "interactions.imported": importFacts,
  "interactions.removed": importFacts,
  "interactions.reverted": importFacts,

  "deal.opened": z.object({ title: z.string(), amount: money, opportunityId: z.nullable(z.uuid()) }),
  "deals.imported": z.object({ ids: z.array(z.uuid()) }),
  "deal.submitted": z.object({ title: z.string(), amount: money }),
  "deal.approved": z.object({ title: z.string(), amount: money }),
  "deal.returned": z.object({ title: z.string(), reason: z.string() }),
  /** It was put into a project, or out of it. */
  "deal.placed": z.object({ title: z.string(), project: z.nullable(z.string()) }),
  "deal.deleted": z.object({ title: z.string() }),
  /** A change of an approved deal: another amount, or that it is cancelled. Somebody else decides it. */
  "deal.revision-proposed": z.object({ title: z.string(), kind: z.string(), amount: money, reason: z.string() }),
  "deal.revision-declined": z.object({ title: z.string(), kind: z.string(), note: z.nullable(z.string()) }),
  "deal.revision-withdrawn": z.object({ title: z.string(), kind: z.string() }),
  "deal.revised": z.object({ title: z.string(), before: money, amount: money, reason: z.string() }),
  "deal.cancelled": z.object({ title: z.string(), amount: money, reason: z.string() }),
  /** What is verified of it reached its amount. */
  "deal.fulfilled": z.object({ title: z.string(), amount: money }),

  "payment.recorded": z.object({ dealId: z.uuid(), amount: money, valueOn: z.string() }),
  "payment.changed": z.object({ dealId: z.uuid(), amount: money, valueOn: z.string() }),
  "payment.evidence-added": z.object({ fileId: z.uuid(), name: z.string(), sha256: z.string() }),
  "payment.submitted": z.object({ dealId: z.uuid(), amount: money, valueOn: z.string() }),
  "payment.verified": z.object({
    dealId: z.uuid(),
    customerId: z.uuid(),
    amount: money,
    valueOn: z.string(),
    submittedBy: z.uuid(),
    decisionId: z.uuid(),
    /** Shares of the payment by member, adding up to it. */
    credits: z.array(z.object({ memberId: z.uuid(), amount: z.string() })),
  }),
  "payment.rejected": z.object({
    dealId: z.uuid(),
    amount: money,
    reasonCode: z.string(),
    note: z.nullable(z.string()),
  }),
  "payment.asked": z.object({ dealId: z.uuid(), amount: money, question: z.string() }),
  /** The first of two verifiers agreed. */
  "payment.endorsed": z.object({ dealId: z.uuid(), amount: money }),
  "payment.withdrawn": z.object({ dealId: z.uuid(), amount: money }),
  "payment.deleted": z.object({ dealId: z.uuid(), amount: money }),
  "payment.reversed": z.object({ ...takenBack, note: z.string() }),
  "payment.refund-recorded": z.object(refunded),
  "payment.refund-submitted": z.object(refunded),
  "payment.refund-withdrawn": z.object(refunded),
  "payment.refund-rejected": z.object({ ...refunded, note: z.nullable(z.string()) }),
  "payment.refunded": z.object({ ...takenBack, refundId: z.uuid(), kind: z.string() }),
  /** Somebody tried to decide a payment and was refused; written although the request changed nothing. */
  "payment.decision-refused": z.object({ code: z.string() }),
  "legal-entity.created": z.object({ name: z.string() }),
  "legal-entity.changed": z.object({ name: z.string() }),
  "invoice.drafted": z.object({ dealId: z.uuid(), total: money }),
  "invoice.changed": z.object({ dealId: z.uuid(), total: money }),
  "invoice.discarded": z.object({ dealId: z.uuid(), total: money }),
  /** An invoice or a credit note took its number; `paymentId` where it is the receipt of a payment. */
  "invoice.issued": z.object({
    kind: z.enum(["invoice", "credit_note"]),
    dealId: z.uuid(),
    customerId: z.uuid(),
    total: money,
    issuedOn: z.string(),
    paymentId: z.nullable(z.uuid()),
  }),
  /** A credit note took this much of an invoice back. */
  "invoice.credited": z.object({ creditNoteId: z.uuid(), creditNote: z.string(), amount: money, reason: z.string() }),
  /** Verified money was applied to an invoice. */
  "invoice.paid": z.object({ paymentId: z.uuid(), amount: money, due: money }),
  /** Money that paid it went back or was reversed. */
  "invoice.unpaid": z.object({ paymentId: z.uuid(), amount: money, due: money }),
  "invoice.delivery-requested": z.object({ deliveryId: z.uuid(), recipients: z.array(z.string()) }),
  "invoice.delivered": z.object({ deliveryId: z.uuid(), recipients: z.array(z.string()) }),
  "invoice.delivery-failed": z.object({ deliveryId: z.uuid(), reason: z.string() }),
  "commission.posted": z.object({ paymentId: z.uuid(), participantId: z.uuid(), amount: money, month: z.string() }),
  "period.closing": z.object({ month: z.string(), statements: z.int() }),
  "period.reopened": z.object({ month: z.string() }),
  "period.locked": z.object({ month: z.string(), statements: z.int() }),
  "period.paid": z.object({ month: z.string(), totals: z.array(money) }),
  /** One for each person; `ids` are their statements, one in each currency. */
  "statement.approved": z.object({ month: z.string(), ids: z.array(z.uuid()) }),
  "dispute.opened": z.object({
    paymentId: z.uuid(),
    month: z.string(),
    category: z.string(),
    posted: money,
    expected: money,
  }),
  "dispute.commented": z.object({ month: z.string() }),
  "dispute.accepted": z.object({ month: z.string(), granted: money, postedIn: z.string() }),
  "dispute.declined": z.object({ month: z.string() }),
  "dispute.withdrawn": z.object({ month: z.string() }),
  "adjustment.proposed": z.object({ paymentId: z.uuid(), code: z.string(), amount: money }),
  "adjustment.approved": z.object({ paymentId: z.uuid(), code: z.string(), posted: money, month: z.string() }),
  "adjustment.declined": z.object({ paymentId: z.uuid(), code: z.string() }),
  "plan.created": z.object({ version: z.int() }),
  "plan.version-begun": z.object({ version: z.int() }),
  "plan.draft-saved": z.object({ version: z.int() }),
  "plan.submitted": z.object({ version: z.int(), startsOn: z.string() }),
  "plan.returned": z.object({ version: z.int(), reason: z.string() }),
  "plan.approved": z.object({ version: z.int(), startsOn: z.string(), documentSha256: z.string() }),
  "plan.assigned": z.object({ memberId: z.uuid(), from: z.string() }),
  "plan.accepted": z.object({ version: z.int(), documentSha256: z.string() }),
  "quota.set": z.object({ month: z.string(), amount: money }),
  "exchange-rate.entered": z.object({ rate: z.string(), on: z.string(), source: z.string() }),
  "project.created": z.object({ name: z.string() }),
  "project.changed": z.object({ name: z.string() }),
  "goal.set": z.object({ scope: z.string(), month: z.string(), target: money }),
} as const;

export type EventType = keyof typeof events;
export type Facts<T extends EventType> = z.input<(typeof events)[T]>;

/** An event as a command announces it. What is not said here (organization, actor, time, request) the context knows. */
export type EventOf<T extends EventType> = {
  readonly type: T;
  /** Id of the record it is about; null where it is about many. */
  readonly recordId: string | null;
  /** Human number or name of the record. */
  readonly label?: string | undefined;
  readonly version?: number | undefined;
  /** Owner of the record: decides whose screens are told. */
  readonly ownerId?: string | null | undefined;
  readonly previousOwnerId?: string | null | undefined;
  /** The record on whose timeline it stands, where that is another one. */
  readonly threadId?: string | null | undefined;
  readonly changes?: Readonly<Record<string, readonly [unknown, unknown]>> | undefined;
  readonly facts: Facts<T>;
};

/** One of the events, told apart by its type. */
export type AnyEvent = { [T in EventType]: EventOf<T> }[EventType];

/** An event as it stands in the log, for handlers and projections. */
export type LoggedEvent<T extends EventType = EventType> = EventOf<T> & {
  readonly id: string;
  readonly organizationId: string;
  readonly seq: bigint;
  readonly actorId: string | null;
  /** When it happened, by the domain's clock. */
  readonly occurredAt: string;
};

/** The entity an event is about: `payment.verified` is about a payment, `opportunities.imported` about opportunities. */
export function entityOf(type: EventType): string {
  const noun = type.slice(0, type.indexOf("."));
  return plurals[noun] ?? noun;
}

const plurals: Readonly<Record<string, string>> = {
  opportunities: "opportunity",
  customers: "customer",
  "custom-fields": "custom-field",
  contacts: "contact",
  interactions: "interaction",
  members: "member",
  products: "product",
  stages: "stage",
  deals: "deal",
};
