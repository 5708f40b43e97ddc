import { viewable } from "#modules/records";
import type { Context } from "#platform/context";
import { contactRecord } from "./contact.ts";
import { listContacts } from "./contacts.query.ts";

type Listed = Awaited<ReturnType<typeof listContacts>>["items"][number];

/** Views, exports and bulk changes of the list of contacts. */
export const contactsView = viewable<Context, Listed>({
  record: contactRecord,
  plural: "contacts",
  list: listContacts,
  columns: {
    contact: { head: "Contact", cell: ({ name }) => name },
    number: { head: "Number", cell: ({ number }) => number },
    title: { head: "Title", cell: ({ title }) => title },
    customer: { head: "Customer", cell: ({ customers }) => customers.map(({ name }) => name).join(", ") },
    email: { head: "E-mail", cell: ({ emails }) => emails.map(({ email }) => email).join(", ") },
    phone: { head: "Phone", cell: ({ phones }) => phones.map(({ phone }) => phone).join(", ") },
    owner: { head: "Owner", cell: ({ owner }) => owner?.name ?? null },
    tags: { head: "Tags", cell: ({ tags }) => tags.join(", ") },
    createdAt: { head: "Added", cell: ({ createdAt }) => createdAt },
    updatedAt: { head: "Last change", cell: ({ updatedAt }) => updatedAt },
  },
});
