import * as z from "zod/mini";
import { countedPage, countQuery, endpoint, pageQuery } from "../endpoint.ts";
import { CustomerId, MemberId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { MemberRef } from "../records/records.ts";
import { Instant } from "../time.ts";

export const customerKinds = ["company", "person"] as const;

export const Customer = z.object({
  id: CustomerId,
  /** CUS-n. */
  number: z.string(),
  name: z.string(),
  kind: z.enum(customerKinds),
  industry: z.nullable(z.string()),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  website: z.nullable(z.string()),
  location: z.nullable(z.string()),
  /** Key of this customer in the system it was imported from. */
  externalId: z.nullable(z.string()),
  owner: z.nullable(MemberRef),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.int(),
});
export type Customer = z.output<typeof Customer>;

/** What a row of the list shows beside the record: what is open with the customer, as far as the viewer sees it. */
export const CustomerRow = z.extend(Customer, {
  open: z.object({
    count: z.int(),
    /** By currency; opportunities without a value count, and add nothing here. */
    sums: z.array(MoneyReply),
  }),
});
export type CustomerRow = z.output<typeof CustomerRow>;

const text = (max: number) => z.string().check(z.trim(), z.maxLength(max));
const optionalText = (max: number) => z.optional(z.nullable(text(max)));
const email = z.optional(z.nullable(z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email())));

export const customerSorts = ["name", "createdAt", "updatedAt", "number"] as const;

export const listCustomers = endpoint("GET", "/customers", "Customers the viewer sees", "customer.read", {
  query: z.strictObject({
    ...pageQuery,
    ...countQuery,
    /** A sort key, with - before it for descending. */
    sort: z.optional(z.enum(customerSorts.flatMap((key) => [key, `-${key}` as const]))),
    /** Customers whose name begins with this. */
    q: z.optional(z.string().check(z.maxLength(200))),
    ownerId: z.optional(MemberId),
    industry: z.optional(text(80)),
  }),
  reply: countedPage(CustomerRow),
});

export const createCustomer = endpoint("POST", "/customers", "Add a customer", "customer.create", {
  body: z.strictObject({
    name: text(200).check(z.minLength(1)),
    kind: z.optional(z.enum(customerKinds)),
    industry: optionalText(80),
    email,
    phone: optionalText(40),
    website: optionalText(200),
    location: optionalText(200),
    externalId: optionalText(100),
    /** The caller, unless given; giving somebody else needs customer.assign. */
    ownerId: z.optional(MemberId),
  }),
  status: 201,
  reply: Customer,
});

const customerParams = z.strictObject({ customerId: CustomerId });

export const getCustomer = endpoint("GET", "/customers/{customerId}", "One customer", "customer.read", {
  params: customerParams,
  reply: Customer,
});

export const updateCustomer = endpoint("PATCH", "/customers/{customerId}", "Change a customer", "customer.edit", {
  params: customerParams,
  body: z.strictObject({
    name: z.optional(text(200).check(z.minLength(1))),
    kind: z.optional(z.enum(customerKinds)),
    industry: optionalText(80),
    email,
    phone: optionalText(40),
    website: optionalText(200),
    location: optionalText(200),
    externalId: optionalText(100),
    ownerId: z.optional(z.nullable(MemberId)),
    seenVersion: z.optional(z.int()),
  }),
  versioned: true,
  reply: Customer,
});

export const deleteCustomer = endpoint(
  "DELETE",
  "/customers/{customerId}",
  "Move a customer to the trash",
  "customer.delete",
  {
    params: customerParams,
    versioned: true,
    status: 204,
  },
);

export const restoreCustomer = endpoint(
  "POST",
  "/customers/{customerId}/restorations",
  "Take a customer back from the trash",
  "customer.delete",
  {
    params: customerParams,
    status: 201,
    reply: Customer,
  },
);
