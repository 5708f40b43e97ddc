import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatCountOf } from "#lib/format";
import { Badge } from "#ui/badge";
import type { Column } from "#ui/data-table";
import { LogoMark } from "#ui/logo-mark";
import { Moment } from "#ui/moment";
import { PersonName } from "#ui/person-name";
import { QuietText } from "#ui/quiet-text";
import { TextCell } from "./customer-cells.tsx";
import { sumsText } from "./sums.ts";

/** Those that stand until somebody chooses others. */
export const usualColumns: readonly string[] = [
  "customer",
  "number",
  "industry",
  "owner",
  "open",
  "createdAt",
  "updatedAt",
];

/** Columns to choose from; facts are changed where they stand. */
export function customerColumns(): readonly Column<CustomerRow>[] {
  return [
    {
      key: "customer",
      head: "Customer",
      sort: "name",
      className: "max-w-80",
      render: (customer) => <NameCell customer={customer} />,
    },
    {
      key: "number",
      head: "Number",
      sort: "number",
      className: "w-28 max-lg:hidden",
      render: ({ number }) => <span className="tnum text-subtle">{number}</span>,
    },
    {
      key: "industry",
      head: "Industry",
      className: "max-w-44 truncate max-lg:hidden",
      render: (customer) => <TextCell customer={customer} field="industry" label="Industry" />,
    },
    { key: "owner", head: "Owner", className: "max-w-48", render: ({ owner }) => <PersonName person={owner} /> },
    {
      key: "open",
      head: "Open pipeline",
      align: "right",
      render: ({ open }) => <OpenFigures open={open} />,
    },
    {
      key: "createdAt",
      head: "Added",
      sort: "createdAt",
      align: "right",
      className: "w-32 max-lg:hidden",
      render: ({ createdAt }) => <Moment at={createdAt} className="text-muted" />,
    },
    {
      key: "updatedAt",
      head: "Last change",
      sort: "updatedAt",
      align: "right",
      className: "w-32 max-lg:hidden",
      render: ({ updatedAt }) => <Moment at={updatedAt} className="text-muted" />,
    },
    { key: "kind", head: "Kind", render: ({ kind }) => <QuietText>{kind}</QuietText> },
    {
      key: "team",
      head: "Team",
      className: "max-w-44 truncate",
      render: ({ team }) => <QuietText>{team?.name ?? null}</QuietText>,
    },
    {
      key: "email",
      head: "E-mail",
      className: "max-w-56 truncate",
      render: ({ email }) => <QuietText>{email}</QuietText>,
    },
    {
      key: "phone",
      head: "Phone",
      render: (customer) => <TextCell customer={customer} field="phone" label="Phone" />,
    },
    {
      key: "website",
      head: "Website",
      className: "max-w-48 truncate",
      render: ({ website }) => <QuietText>{website}</QuietText>,
    },
    {
      key: "location",
      head: "Location",
      className: "max-w-48 truncate",
      render: (customer) => <TextCell customer={customer} field="location" label="Location" />,
    },
    {
      key: "satisfaction",
      head: "Satisfaction",
      sort: "satisfaction",
      align: "right",
      render: ({ satisfaction }) => <QuietText>{satisfaction}</QuietText>,
    },
    {
      key: "tags",
      head: "Tags",
      className: "max-w-64",
      render: ({ tags }) => (
        <span className="flex gap-1 overflow-hidden">
          {tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </span>
      ),
    },
  ];
}

function NameCell({ customer }: { readonly customer: CustomerRow }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <LogoMark id={customer.id} name={customer.name} size={24} />
      <Link
        to="/customers/$customerId"
        params={{ customerId: customer.id }}
        className="truncate rounded-xs font-medium hover:underline"
      >
        {customer.name}
      </Link>
    </span>
  );
}

function OpenFigures({ open }: { readonly open: CustomerRow["open"] }): ReactElement {
  if (open.count === 0) return <span className="text-subtle">none</span>;
  const sums = sumsText(open.sums);
  return (
    <span data-tip={formatCountOf(open.count, "open opportunity", "open opportunities")}>
      {sums ?? formatCountOf(open.count, "opportunity", "opportunities")}
    </span>
  );
}

export function PhoneCustomer({ customer }: { readonly customer: CustomerRow }): ReactElement {
  return (
    <span className="flex items-center gap-3">
      <LogoMark id={customer.id} name={customer.name} size={24} />
      <span className="min-w-0 flex-1">
        <Link to="/customers/$customerId" params={{ customerId: customer.id }} className="block truncate font-medium">
          {customer.name}
        </Link>
        <span className="block truncate text-xs text-subtle">
          {[customer.industry, customer.owner?.name].filter(Boolean).join(" · ") || customer.number}
        </span>
      </span>
      <span className="tnum flex-none">
        <OpenFigures open={customer.open} />
      </span>
    </span>
  );
}
