import type { Contact } from "@rainmaker/contracts/sales/contacts";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Avatar } from "#ui/avatar";
import type { Column } from "#ui/data-table";
import { Moment } from "#ui/moment";
import { PersonName } from "#ui/person-name";
import { QuietText } from "#ui/quiet-text";
import { workOf } from "./contact-words.ts";

/** Those that stand until somebody chooses others. */
export const usualContactColumns: readonly string[] = [
  "contact",
  "title",
  "customer",
  "email",
  "phone",
  "owner",
  "updatedAt",
];

/** Columns to choose from. */
export function contactColumns(): readonly Column<Contact>[] {
  return [
    {
      key: "contact",
      head: "Contact",
      sort: "name",
      className: "max-w-72",
      render: (contact) => <NameCell contact={contact} />,
    },
    {
      key: "title",
      head: "Title",
      className: "max-w-52 truncate max-lg:hidden",
      render: ({ title }) => <QuietText>{title}</QuietText>,
    },
    { key: "customer", head: "Customer", className: "max-w-56", render: (contact) => <Work contact={contact} /> },
    {
      key: "email",
      head: "E-mail",
      className: "max-w-60 truncate",
      render: ({ emails }) => <QuietText>{emails[0]?.email ?? null}</QuietText>,
    },
    {
      key: "phone",
      head: "Phone",
      className: "w-40 max-lg:hidden",
      render: ({ phones }) => <QuietText>{phones[0]?.phone ?? null}</QuietText>,
    },
    {
      key: "owner",
      head: "Owner",
      className: "max-w-44 max-lg:hidden",
      render: ({ owner }) => <PersonName person={owner} />,
    },
    {
      key: "updatedAt",
      head: "Last change",
      sort: "updatedAt",
      align: "right",
      className: "w-32 max-lg:hidden",
      render: ({ updatedAt }) => <Moment at={updatedAt} className="text-muted" />,
    },
    {
      key: "number",
      head: "Number",
      sort: "number",
      render: ({ number }) => <span className="tnum text-subtle">{number}</span>,
    },
    { key: "tags", head: "Tags", render: ({ tags }) => <QuietText>{tags.join(", ") || null}</QuietText> },
    {
      key: "createdAt",
      head: "Added",
      sort: "createdAt",
      align: "right",
      render: ({ createdAt }) => <Moment at={createdAt} className="text-muted" />,
    },
  ];
}

function NameCell({ contact }: { readonly contact: Contact }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar person={contact} size={24} isDecorative />
      <Link
        to="/contacts/$contactId"
        params={{ contactId: contact.id }}
        className="truncate rounded-xs font-medium hover:underline"
      >
        {contact.name}
      </Link>
    </span>
  );
}

function Work({ contact: { customers } }: { readonly contact: Contact }): ReactElement {
  const [first, ...others] = customers;
  if (first === undefined) return <QuietText>{null}</QuietText>;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Link
        to="/customers/$customerId"
        params={{ customerId: first.id }}
        className="truncate rounded-xs text-muted hover:underline"
      >
        {first.name}
      </Link>
      {others.length > 0 && <span className="text-xs text-subtle">+{others.length}</span>}
    </span>
  );
}

export function PhoneContact({ contact }: { readonly contact: Contact }): ReactElement {
  return (
    <span className="flex items-center gap-3">
      <Avatar person={contact} size={24} isDecorative />
      <span className="min-w-0 flex-1">
        <Link to="/contacts/$contactId" params={{ contactId: contact.id }} className="block truncate font-medium">
          {contact.name}
        </Link>
        <span className="block truncate text-xs text-subtle">{workOf(contact) ?? contact.number}</span>
      </span>
    </span>
  );
}
