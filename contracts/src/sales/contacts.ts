import * as z from "zod/mini";
import { countedPage, countQuery, endpoint, pageQuery } from "../endpoint.ts";
import { ContactId, CustomerId, MemberId, OpportunityId } from "../ids.ts";
import { CustomInput, CustomValues } from "../records/custom-values.ts";
import { customOrder } from "../records/custom-types.ts";
import { MemberRef } from "../member-ref.ts";
import { filterQuery } from "../records/filters.ts";
import { orderedBy } from "../records/sorts.ts";
import { ListTotals } from "../records/totals.ts";
import { Instant } from "../time.ts";
import { contactGroups, contactSorts } from "./choices.ts";
import { optionalText, Tags, text } from "./fields.ts";

export const pointLabels = ["work", "mobile", "home", "other"] as const;
const PointLabel = z.enum(pointLabels);

export const Contact = z.object({
  id: ContactId,
  /** CON-n. */
  number: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  /** First and last name. */
  name: z.string(),
  /** What the person does, as on the card. */
  title: z.nullable(z.string()),
  /** The first one is written to. */
  emails: z.array(z.object({ email: z.string(), label: PointLabel })),
  /** The first one is called. */
  phones: z.array(z.object({ phone: z.string(), label: PointLabel })),
  /** Where the contact works or whom they speak for, as far as the viewer sees these customers; the first is the main one. */
  customers: z.array(z.object({ id: CustomerId, name: z.string(), role: z.nullable(z.string()) })),
  tags: z.array(z.string()),
  notes: z.nullable(z.string()),
  /** Key of this contact in the system it was imported from. */
  externalId: z.nullable(z.string()),
  custom: CustomValues,
  owner: z.nullable(MemberRef),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.int(),
});
export type Contact = z.output<typeof Contact>;

/** What narrows a list of contacts, all of it together. */
const narrowing = {
  ...filterQuery,
  /** Contacts whose first or last name or an e-mail address begins with this, or whose phone number ends with it. */
  q: z.optional(z.string().check(z.maxLength(200))),
  ownerId: z.optional(MemberId),
  customerId: z.optional(CustomerId),
  /** Contacts who take part in this sale. */
  opportunityId: z.optional(OpportunityId),
  /** The contact who has exactly this address. */
  email: z.optional(text(254)),
  tag: z.optional(text(40)),
};

export const listContacts = endpoint("GET", "/contacts", "Contacts the viewer sees", "contact.read", {
  query: z.strictObject({
    ...pageQuery,
    ...countQuery,
    ...narrowing,
    sort: z.optional(orderedBy([...contactSorts, customOrder])),
  }),
  reply: countedPage(Contact),
});

export const totalContacts = endpoint(
  "GET",
  "/contacts/totals",
  "How many contacts a list has, whole and by groups",
  "contact.read",
  {
    query: z.strictObject({ ...narrowing, groupBy: z.optional(z.enum(contactGroups)) }),
    reply: ListTotals,
  },
);

const Email = z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email());
const Phone = text(40).check(z.minLength(1), z.regex(/\d/));

const facts = {
  title: optionalText(120),
  emails: z.optional(z.array(z.strictObject({ email: Email, label: z.optional(PointLabel) })).check(z.maxLength(10))),
  phones: z.optional(z.array(z.strictObject({ phone: Phone, label: z.optional(PointLabel) })).check(z.maxLength(10))),
  /** In the order they are shown; customers the caller does not see stay as they are. */
  customers: z.optional(
    z.array(z.strictObject({ customerId: CustomerId, role: optionalText(80) })).check(z.maxLength(20)),
  ),
  tags: z.optional(Tags),
  notes: optionalText(10_000),
  externalId: optionalText(100),
  custom: z.optional(CustomInput),
};

/** A first or a last name is needed. */
export const createContact = endpoint("POST", "/contacts", "Add a contact", "contact.create", {
  body: z.strictObject({
    firstName: z.optional(text(80)),
    lastName: z.optional(text(80)),
    ...facts,
    /** The caller, unless given; giving somebody else needs contact.assign. */
    ownerId: z.optional(MemberId),
  }),
  status: 201,
  reply: Contact,
});

const contactParams = z.strictObject({ contactId: ContactId });

export const getContact = endpoint("GET", "/contacts/{contactId}", "One contact", "contact.read", {
  params: contactParams,
  reply: Contact,
});

export const updateContact = endpoint("PATCH", "/contacts/{contactId}", "Change a contact", "contact.edit", {
  params: contactParams,
  body: z.strictObject({
    firstName: z.optional(text(80)),
    lastName: z.optional(text(80)),
    ...facts,
    ownerId: z.optional(z.nullable(MemberId)),
    seenVersion: z.optional(z.int()),
  }),
  versioned: true,
  reply: Contact,
});

export const deleteContact = endpoint(
  "DELETE",
  "/contacts/{contactId}",
  "Move a contact to the trash",
  "contact.delete",
  { params: contactParams, versioned: true, status: 204 },
);

export const restoreContact = endpoint(
  "POST",
  "/contacts/{contactId}/restorations",
  "Take a contact back from the trash",
  "contact.delete",
  { params: contactParams, status: 201, reply: Contact },
);
