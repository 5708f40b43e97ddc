import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { CustomerId, DealId, InvoiceId, LegalEntityId, PaymentId } from "../ids.ts";
import { MoneyReply, UnsignedMoney } from "../money.ts";
import { MemberRef } from "../records/records.ts";
import { Day, Instant } from "../time.ts";

const words = (most: number) => z.string().check(z.trim(), z.maxLength(most));
const optionalWords = (most: number) => z.optional(z.nullable(words(most)));
const Email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email());
/** Per cent with at most three decimals, below 100. */
const Percent = z.string().check(z.regex(/^\d{1,2}(\.\d{1,3})?$/));
/** Above zero, at most three decimals. */
const Quantity = z.string().check(z.regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,3})?$/));
const Series = z.string().check(z.regex(/^[A-Z][A-Z0-9]{0,7}$/));

export const taxRoundings = ["document", "line"] as const;

/** Who issues invoices: a company of the organization, with its own numbers. */
export const LegalEntity = z.object({
  id: LegalEntityId,
  name: z.string(),
  street: z.nullable(z.string()),
  postalCode: z.nullable(z.string()),
  city: z.nullable(z.string()),
  region: z.nullable(z.string()),
  country: z.nullable(z.string()),
  taxId: z.nullable(z.string()),
  email: z.nullable(z.string()),
  /** Bank account and the like, printed at the foot. */
  paymentDetails: z.nullable(z.string()),
  series: z.string(),
  creditSeries: z.string(),
  taxRounding: z.enum(taxRoundings),
  taxPercent: z.string(),
  paymentDays: z.int(),
  isDefault: z.boolean(),
  version: z.int(),
});
export type LegalEntity = z.output<typeof LegalEntity>;

const entityFacts = {
  street: optionalWords(200),
  postalCode: optionalWords(20),
  city: optionalWords(100),
  region: optionalWords(100),
  country: optionalWords(80),
  taxId: optionalWords(40),
  email: z.optional(z.nullable(Email)),
  paymentDetails: optionalWords(500),
  series: z.optional(Series),
  creditSeries: z.optional(Series),
  taxRounding: z.optional(z.enum(taxRoundings)),
  taxPercent: z.optional(Percent),
  paymentDays: z.optional(z.int().check(z.minimum(0), z.maximum(365))),
  isDefault: z.optional(z.literal(true)),
};

export const listLegalEntities = endpoint("GET", "/legal-entities", "Who issues invoices", "invoice.read", {
  reply: z.object({ items: z.array(LegalEntity) }),
});

export const createLegalEntity = endpoint(
  "POST",
  "/legal-entities",
  "Add a company that issues invoices",
  "organization.edit",
  {
    body: z.strictObject({ name: words(160).check(z.minLength(1)), ...entityFacts }),
    status: 201,
    reply: LegalEntity,
  },
);

export const updateLegalEntity = endpoint(
  "PATCH",
  "/legal-entities/{legalEntityId}",
  "Change a company that issues invoices; what it has issued stays as it is",
  "organization.edit",
  {
    params: z.strictObject({ legalEntityId: LegalEntityId }),
    body: z.strictObject({
      name: z.optional(words(160).check(z.minLength(1))),
      ...entityFacts,
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: LegalEntity,
  },
);

/** draft has no number; open, partially_paid and overdue wait for money; credited is taken back in full. */
export const invoiceStates = ["draft", "open", "partially_paid", "overdue", "paid", "credited"] as const;
export type InvoiceState = (typeof invoiceStates)[number];
export const invoiceKinds = ["invoice", "credit_note"] as const;
export const creditReasons = [
  "wrong_amount",
  "wrong_customer",
  "not_delivered",
  "goodwill",
  "cancelled",
  "other",
] as const;
export type CreditReason = (typeof creditReasons)[number];

/** A party as the document names it. */
export const Party = z.object({
  name: z.string(),
  /** Street to country, a line each. */
  address: z.array(z.string()),
  taxId: z.nullable(z.string()),
  email: z.nullable(z.string()),
});
export type Party = z.output<typeof Party>;

export const InvoiceLine = z.object({
  /** Counted from 1. */
  position: z.int(),
  description: z.string(),
  detail: z.nullable(z.string()),
  quantity: z.string(),
  unitPrice: MoneyReply,
  discountPercent: z.string(),
  taxPercent: z.string(),
  amount: MoneyReply,
  /** How much of the quantity credit notes have taken back. */
  creditedQuantity: z.string(),
});
export type InvoiceLine = z.output<typeof InvoiceLine>;

export const InvoiceRow = z.object({
  id: InvoiceId,
  kind: z.enum(invoiceKinds),
  /** Null while it is a draft. */
  number: z.nullable(z.string()),
  state: z.enum(invoiceStates),
  customer: z.object({ id: CustomerId, name: z.string() }),
  deal: z.object({ id: DealId, number: z.string(), title: z.string() }),
  owner: MemberRef,
  corrects: z.nullable(z.object({ id: InvoiceId, number: z.string() })),
  total: MoneyReply,
  paid: MoneyReply,
  credited: MoneyReply,
  due: MoneyReply,
  issuedOn: z.nullable(Day),
  dueOn: z.nullable(Day),
  createdAt: Instant,
  version: z.int(),
});
export type InvoiceRow = z.output<typeof InvoiceRow>;

export const Invoice = z.extend(InvoiceRow, {
  legalEntity: z.object({ id: LegalEntityId, name: z.string() }),
  /** As frozen at issue; of a draft, as they are now. */
  seller: Party,
  buyer: Party,
  buyerReference: z.nullable(z.string()),
  paymentDetails: z.nullable(z.string()),
  note: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  /** Prices contain the tax. */
  taxIncluded: z.boolean(),
  lines: z.array(InvoiceLine),
  taxes: z.array(z.object({ percent: z.string(), net: MoneyReply, tax: MoneyReply })),
  net: MoneyReply,
  tax: MoneyReply,
  payments: z.array(z.object({ id: PaymentId, number: z.string(), amount: MoneyReply, at: Instant })),
  creditNotes: z.array(z.object({ id: InvoiceId, number: z.string(), total: MoneyReply, issuedOn: Day })),
  deliveries: z.array(
    z.object({
      id: z.uuid(),
      recipients: z.array(z.string()),
      status: z.enum(["queued", "sent", "failed"]),
      failure: z.nullable(z.string()),
      requestedBy: MemberRef,
      requestedAt: Instant,
      finishedAt: z.nullable(Instant),
    }),
  ),
  /** Of the rendered file; null until it was rendered. */
  pdfSha256: z.nullable(z.string()),
  issuedAt: z.nullable(Instant),
  /** Null where the product issued it for a verified payment. */
  issuedBy: z.nullable(MemberRef),
});
export type Invoice = z.output<typeof Invoice>;

export const listInvoices = endpoint("GET", "/invoices", "Invoices and credit notes, newest first", "invoice.read", {
  query: z.strictObject({
    ...pageQuery,
    state: z.optional(z.enum(invoiceStates)),
    kind: z.optional(z.enum(invoiceKinds)),
    dealId: z.optional(DealId),
    customerId: z.optional(CustomerId),
    /** Beginning of the number. */
    q: z.optional(z.string().check(z.maxLength(60))),
  }),
  reply: page(InvoiceRow),
});

export const readInvoiceSummary = endpoint(
  "GET",
  "/invoice-summary",
  "How many invoices stand where, and what is still to come",
  "invoice.read",
  {
    reply: z.object({
      states: z.array(
        z.object({
          state: z.enum(invoiceStates),
          count: z.int(),
          /** Still to be paid, by currency. */
          due: z.array(MoneyReply),
        }),
      ),
    }),
  },
);

export const invoiceParams = z.strictObject({ invoiceId: InvoiceId });

export const getInvoice = endpoint("GET", "/invoices/{invoiceId}", "One invoice or credit note", "invoice.read", {
  params: invoiceParams,
  reply: Invoice,
});

export const getInvoiceOfPayment = endpoint(
  "GET",
  "/payments/{paymentId}/invoice",
  "The invoice or receipt a payment was applied to",
  "invoice.read",
  { params: z.strictObject({ paymentId: PaymentId }), reply: Invoice },
);

export const readInvoicePdf = endpoint("GET", "/invoices/{invoiceId}/pdf", "The document as PDF", "invoice.read", {
  params: invoiceParams,
  query: z.strictObject({ download: z.optional(z.enum(["1"])) }),
  replyType: "application/pdf",
});

const Line = z.strictObject({
  description: words(200).check(z.minLength(1)),
  detail: optionalWords(500),
  quantity: z.optional(Quantity),
  unitPrice: UnsignedMoney,
  discountPercent: z.optional(Percent),
  /** The legal entity's, unless given. */
  taxPercent: z.optional(Percent),
});

const draftFacts = {
  /** One line with what is open of the deal, unless given. */
  lines: z.optional(z.array(Line).check(z.minLength(1), z.maxLength(100))),
  dueOn: z.optional(z.nullable(Day)),
  buyerReference: optionalWords(80),
  buyerTaxId: optionalWords(40),
  note: optionalWords(1000),
};

export const createInvoice = endpoint("POST", "/invoices", "Draft an invoice for an approved deal", "invoice.issue", {
  body: z.strictObject({
    dealId: DealId,
    /** The organization's default, unless given. */
    legalEntityId: z.optional(LegalEntityId),
    ...draftFacts,
  }),
  status: 201,
  reply: Invoice,
});

export const updateInvoice = endpoint("PATCH", "/invoices/{invoiceId}", "Change a draft", "invoice.issue", {
  params: invoiceParams,
  body: z.strictObject({ ...draftFacts, seenVersion: z.optional(z.int()) }),
  versioned: true,
  reply: Invoice,
});

export const discardInvoice = endpoint("DELETE", "/invoices/{invoiceId}", "Discard a draft", "invoice.issue", {
  params: invoiceParams,
  versioned: true,
  status: 204,
});

export const issueInvoice = endpoint(
  "POST",
  "/invoices/{invoiceId}/issue",
  "Issue a draft: it takes the next number and never changes again",
  "invoice.issue",
  {
    params: invoiceParams,
    body: z.strictObject({ seenVersion: z.optional(z.int()) }),
    reply: Invoice,
  },
);

export const createCreditNote = endpoint(
  "POST",
  "/invoices/{invoiceId}/credit-notes",
  "Correct an issued invoice by a credit note",
  "invoice.issue",
  {
    params: invoiceParams,
    body: z.strictObject({
      reason: z.enum(creditReasons),
      note: optionalWords(500),
      /** Which lines and how much of them; all that is left, unless given. */
      lines: z.optional(
        z
          .array(z.strictObject({ position: z.int().check(z.minimum(1)), quantity: Quantity }))
          .check(z.minLength(1), z.maxLength(100)),
      ),
      seenVersion: z.optional(z.int()),
    }),
    status: 201,
    reply: Invoice,
  },
);

export const sendInvoice = endpoint(
  "POST",
  "/invoices/{invoiceId}/deliveries",
  "Send an issued invoice as PDF by e-mail",
  "invoice.issue",
  {
    params: invoiceParams,
    body: z.strictObject({
      recipients: z.array(Email).check(z.minLength(1), z.maxLength(10)),
      message: optionalWords(2000),
    }),
    status: 202,
    reply: Invoice,
  },
);
