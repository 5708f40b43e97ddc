import * as z from "zod/mini";
import { countedPage, countQuery, endpoint, pageQuery } from "../endpoint.ts";
import { CustomerId, MemberId, TeamId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { filterQuery } from "../records/filters.ts";
import { CustomInput, CustomValues } from "../records/custom-values.ts";
import { customOrder } from "../records/custom-types.ts";
import { orderedBy } from "../records/sorts.ts";
import { ListTotals } from "../records/totals.ts";
import { MemberRef } from "../member-ref.ts";
import { Instant } from "../time.ts";
import { customerGroups, customerSorts } from "./choices.ts";
import { optionalText, Tags, text } from "./fields.ts";

export const customerKinds = ["company", "person"] as const;

/** An address in parts; parts nobody gave are null. */
export const Address = z.object({
  street: z.nullable(z.string()),
  postalCode: z.nullable(z.string()),
  city: z.nullable(z.string()),
  region: z.nullable(z.string()),
  country: z.nullable(z.string()),
});
export type Address = z.output<typeof Address>;

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
  /** Where it is, in one line; `address` says it in parts. */
  location: z.nullable(z.string()),
  /** Null while no part of it is known. */
  address: z.nullable(Address),
  tags: z.array(z.string()),
  notes: z.nullable(z.string()),
  /** How satisfied the customer is, 0 to 10. */
  satisfaction: z.nullable(z.int()),
  /** Key of this customer in the system it was imported from. */
  externalId: z.nullable(z.string()),
  custom: CustomValues,
  owner: z.nullable(MemberRef),
  /** The owner's team. */
  team: z.nullable(z.object({ id: TeamId, name: z.string() })),
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

const email = z.optional(z.nullable(z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254), z.email())));

/** What somebody says of a customer; an address is given as a whole. */
const facts = {
  kind: z.optional(z.enum(customerKinds)),
  industry: optionalText(80),
  email,
  phone: optionalText(40),
  website: optionalText(200),
  location: optionalText(200),
  address: z.optional(
    z.nullable(
      z.strictObject({
        street: optionalText(200),
        postalCode: optionalText(20),
        city: optionalText(100),
        region: optionalText(100),
        country: optionalText(80),
      }),
    ),
  ),
  tags: z.optional(Tags),
  notes: optionalText(10_000),
  satisfaction: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(10)))),
  externalId: optionalText(100),
  custom: z.optional(CustomInput),
};

/** What narrows a list of customers, all of it together. */
const narrowing = {
  ...filterQuery,
  /** Customers whose name begins with this. */
  q: z.optional(z.string().check(z.maxLength(200))),
  ownerId: z.optional(MemberId),
  /** Owned by somebody of this team or of a team below it. */
  teamId: z.optional(TeamId),
  kind: z.optional(z.enum(customerKinds)),
  industry: z.optional(text(80)),
  /** Customers that carry this tag. */
  tag: z.optional(text(40)),
};

export const listCustomers = endpoint("GET", "/customers", "Customers the viewer sees", "customer.read", {
  query: z.strictObject({
    ...pageQuery,
    ...countQuery,
    ...narrowing,
    sort: z.optional(orderedBy([...customerSorts, customOrder])),
  }),
  reply: countedPage(CustomerRow),
});

export const totalCustomers = endpoint(
  "GET",
  "/customers/totals",
  "How many customers a list has, whole and by groups",
  "customer.read",
  {
    query: z.strictObject({ ...narrowing, groupBy: z.optional(z.enum(customerGroups)) }),
    reply: ListTotals,
  },
);

export const createCustomer = endpoint("POST", "/customers", "Add a customer", "customer.create", {
  body: z.strictObject({
    name: text(200).check(z.minLength(1)),
    ...facts,
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
    ...facts,
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
