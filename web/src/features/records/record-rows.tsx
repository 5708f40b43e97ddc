import { ContactId, CustomerId, OpportunityId } from "@rainmaker/contracts/ids";
import type { Import } from "@rainmaker/contracts/records/imports";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { formatCount } from "#lib/format";

export type RowOfRecord = { readonly row: number; readonly recordId: string; readonly cells: readonly string[] };

type RecordRowsProps<Row extends RowOfRecord> = {
  readonly imported: Import;
  readonly rows: readonly Row[];
  readonly renderEnd: (row: Row) => ReactNode;
};

/** Lines of a file with the record each of them is about. */
export function RecordRows<Row extends RowOfRecord>({ imported, rows, renderEnd }: RecordRowsProps<Row>): ReactElement {
  return (
    <ul className="border-t border-line-subtle">
      {rows.map((row) => (
        <li
          key={row.row}
          className="flex items-center gap-3 border-b border-line-subtle px-4 py-2 last:border-0 max-sm:flex-wrap"
        >
          <span className="tnum w-16 flex-none text-xs text-subtle">Row {formatCount(row.row)}</span>
          <span className="min-w-0 flex-1 truncate max-sm:min-w-3/5">
            <RecordLink entity={imported.entity} recordId={row.recordId}>
              {namesOf(imported, row.cells)}
            </RecordLink>
          </span>
          {renderEnd(row)}
        </li>
      ))}
    </ul>
  );
}

/** What the file calls the record: the first filled cells that are imported. */
function namesOf({ mapping }: Import, cells: readonly string[]): string {
  const texts = mapping.columns
    .filter(({ field }) => field !== null && field !== "externalId")
    .map(({ index }) => cells[index] ?? "");
  return (
    texts
      .filter((text) => text.trim() !== "")
      .slice(0, 3)
      .join(" · ") || "Without a name"
  );
}

type RecordLinkProps = { readonly entity: Import["entity"]; readonly recordId: string; readonly children: string };

const look = "rounded-sm font-medium hover:underline";

function RecordLink({ entity, recordId, children }: RecordLinkProps): ReactElement {
  switch (entity) {
    case "customer":
      return (
        <Link to="/customers/$customerId" params={{ customerId: CustomerId.parse(recordId) }} className={look}>
          {children}
        </Link>
      );
    case "contact":
      return (
        <Link to="/contacts/$contactId" params={{ contactId: ContactId.parse(recordId) }} className={look}>
          {children}
        </Link>
      );
    case "opportunity":
      return (
        <Link
          to="/opportunities/$opportunityId"
          params={{ opportunityId: OpportunityId.parse(recordId) }}
          className={look}
        >
          {children}
        </Link>
      );
    case "interaction":
    case "product":
      return <span className="font-medium">{children}</span>;
  }
}
