import { viewable } from "#modules/records";
import type { Context } from "#platform/context";
import { customerRecord } from "./customer.ts";
import { listCustomers } from "./customers.query.ts";

type Listed = Awaited<ReturnType<typeof listCustomers>>["items"][number];

/** Views, exports and bulk changes of the list of customers. */
export const customersView = viewable<Context, Listed>({
  record: customerRecord,
  plural: "customers",
  list: listCustomers,
  columns: {
    customer: { head: "Customer", cell: ({ name }) => name },
    number: { head: "Number", cell: ({ number }) => number },
    kind: { head: "Kind", cell: ({ kind }) => kind },
    industry: { head: "Industry", cell: ({ industry }) => industry },
    owner: { head: "Owner", cell: ({ owner }) => owner?.name ?? null },
    team: { head: "Team", cell: ({ team }) => team?.name ?? null },
    email: { head: "E-mail", cell: ({ email }) => email },
    phone: { head: "Phone", cell: ({ phone }) => phone },
    website: { head: "Website", cell: ({ website }) => website },
    location: { head: "Location", cell: ({ location }) => location },
    satisfaction: { head: "Satisfaction", cell: ({ satisfaction }) => satisfaction },
    tags: { head: "Tags", cell: ({ tags }) => tags.join(", ") },
    open: {
      head: "Open pipeline",
      cell: ({ open }) => open.sums.map(({ amount, currency }) => `${amount} ${currency}`).join(" + "),
    },
    createdAt: { head: "Added", cell: ({ createdAt }) => createdAt },
    updatedAt: { head: "Last change", cell: ({ updatedAt }) => updatedAt },
  },
});
