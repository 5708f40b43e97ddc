import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { ContactId, CustomerId } from "../ids.ts";
import { mostMerged } from "./choices.ts";
import { Contact } from "./contacts.ts";
import { Customer } from "./customers.ts";

/** Fields taken from one of the records; what is not named here is united, or stays. */
export const customerMergeFields = [
  "name",
  "kind",
  "industry",
  "email",
  "phone",
  "website",
  "location",
  "address",
  "notes",
  "satisfaction",
  "externalId",
  "ownerId",
] as const;
export const contactMergeFields = ["firstName", "lastName", "title", "notes", "externalId", "ownerId"] as const;

/** What hangs on the record that stays now, by kind. */
const moved = z.array(z.object({ what: z.string(), count: z.int() }));

const customerMerge = {
  params: z.strictObject({ customerId: CustomerId }),
  body: z.strictObject({
    /** Version of the one that stays. */
    seenVersion: z.int(),
    others: z
      .array(z.strictObject({ id: CustomerId, seenVersion: z.int() }))
      .check(z.minLength(1), z.maxLength(mostMerged - 1)),
    /** Of which record each field is; without a choice of the one that stays, or the first that has a value. */
    choices: z.optional(
      z.strictObject({
        name: z.optional(CustomerId),
        kind: z.optional(CustomerId),
        industry: z.optional(CustomerId),
        email: z.optional(CustomerId),
        phone: z.optional(CustomerId),
        website: z.optional(CustomerId),
        location: z.optional(CustomerId),
        address: z.optional(CustomerId),
        notes: z.optional(CustomerId),
        satisfaction: z.optional(CustomerId),
        externalId: z.optional(CustomerId),
        ownerId: z.optional(CustomerId),
      }),
    ),
  }),
  reply: z.object({ customer: Customer, moved }),
};

export const mergeCustomers = endpoint(
  "POST",
  "/customers/{customerId}/merges",
  "Merge other customers into this one; their ids lead to it from then on",
  "customer.edit",
  { ...customerMerge, status: 201 },
);

export const previewCustomerMerge = endpoint(
  "POST",
  "/customers/{customerId}/merges/previews",
  "What merging would come to; nothing is changed",
  "customer.edit",
  customerMerge,
);

const contactMerge = {
  params: z.strictObject({ contactId: ContactId }),
  body: z.strictObject({
    /** Version of the one that stays. */
    seenVersion: z.int(),
    others: z
      .array(z.strictObject({ id: ContactId, seenVersion: z.int() }))
      .check(z.minLength(1), z.maxLength(mostMerged - 1)),
    /** Of which record each field is; addresses, numbers, customers and tags are united. */
    choices: z.optional(
      z.strictObject({
        firstName: z.optional(ContactId),
        lastName: z.optional(ContactId),
        title: z.optional(ContactId),
        notes: z.optional(ContactId),
        externalId: z.optional(ContactId),
        ownerId: z.optional(ContactId),
      }),
    ),
  }),
  reply: z.object({ contact: Contact, moved }),
};

export const mergeContacts = endpoint(
  "POST",
  "/contacts/{contactId}/merges",
  "Merge other contacts into this one; their ids lead to it from then on",
  "contact.edit",
  { ...contactMerge, status: 201 },
);

export const previewContactMerge = endpoint(
  "POST",
  "/contacts/{contactId}/merges/previews",
  "What merging would come to; nothing is changed",
  "contact.edit",
  contactMerge,
);
