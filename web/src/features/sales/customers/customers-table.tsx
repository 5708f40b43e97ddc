import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import { Link } from "@tanstack/react-router";
import { Ellipsis, FolderOpen, Trash2 } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { formatCountOf } from "#lib/format";
import { Avatar } from "#ui/avatar";
import { IconButton } from "#ui/button";
import { DataTable, type Column, type DataTableProps } from "#ui/data-table";
import { LogoMark } from "#ui/logo-mark";
import { Menu, MenuItem } from "#ui/menu";
import { Moment } from "#ui/moment";
import { sumsText } from "./sums.ts";

type CustomersTableProps = Pick<
  DataTableProps<CustomerRow>,
  "rows" | "error" | "onRetry" | "sort" | "hasMore" | "isLoadingMore" | "onMore" | "empty"
> & {
  readonly onSort: (sort: string) => void;
  readonly onOpen: (customer: CustomerRow) => void;
  /** Left out for people who may not. */
  readonly onDelete: ((customer: CustomerRow) => void) | undefined;
  readonly countText: ReactNode;
};

export function CustomersTable({ onOpen, onDelete, countText, ...rest }: CustomersTableProps): ReactElement {
  return (
    <DataTable
      label="Customers"
      columns={columnsFor({ onOpen, onDelete, countText })}
      keyOf={({ id }) => id}
      onOpen={onOpen}
      renderPhone={(customer) => <PhoneCustomer customer={customer} />}
      {...rest}
    />
  );
}

type RowVerbs = Pick<CustomersTableProps, "onOpen" | "onDelete" | "countText">;

function columnsFor({ onOpen, onDelete, countText }: RowVerbs): readonly Column<CustomerRow>[] {
  return [
    {
      key: "customer",
      head: "Customer",
      sort: "name",
      className: "max-w-80",
      foot: countText,
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
      render: ({ industry }) => <Quiet>{industry}</Quiet>,
    },
    { key: "owner", head: "Owner", className: "max-w-48", render: ({ owner }) => <Owner owner={owner} /> },
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
    {
      key: "verbs",
      head: "Actions",
      isHeadHidden: true,
      className: "w-12",
      render: (customer) => <RowMenu customer={customer} onOpen={onOpen} onDelete={onDelete} />,
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

function Quiet({ children }: { readonly children: ReactNode }): ReactElement {
  return children === null ? <span className="text-subtle">none</span> : <span className="text-muted">{children}</span>;
}

function Owner({ owner }: { readonly owner: CustomerRow["owner"] }): ReactElement {
  if (owner === null) return <span className="text-subtle">nobody</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar person={owner} size={20} isDecorative />
      <span className="truncate">{owner.name}</span>
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

type RowMenuProps = { readonly customer: CustomerRow } & Pick<RowVerbs, "onOpen" | "onDelete">;

function RowMenu({ customer, onOpen, onDelete }: RowMenuProps): ReactElement {
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} size="xs" label={`Actions for ${customer.name}`} />}>
      <MenuItem icon={FolderOpen} shortcut="enter" onSelect={() => onOpen(customer)}>
        Open
      </MenuItem>
      {onDelete !== undefined && (
        <MenuItem icon={Trash2} isDanger onSelect={() => onDelete(customer)}>
          Delete
        </MenuItem>
      )}
    </Menu>
  );
}

function PhoneCustomer({ customer }: { readonly customer: CustomerRow }): ReactElement {
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
