import { importErrorFile, type Import } from "@rainmaker/contracts/records/imports";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import type { ReactElement } from "react";
import { callForFile } from "#lib/api";
import { formatCount, formatCountOf } from "#lib/format";
import { keyOf } from "#lib/query";
import { Card, CardBody, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { ErrorFileButton } from "./error-file-button.tsx";
import { readErrorRows, type ErrorRow } from "./error-rows.ts";
import { fieldLabel } from "./import-words.ts";
import { columnOf } from "./mapping.ts";

/** Above this the error file is only offered: nobody reads so many rows here, and it may be large. */
const mostRead = 2000;
const mostShown = 50;

/** Rows that were not imported: the first of them with the reason, all of them as a file to correct. */
export function FailedRows({ imported }: { readonly imported: Import }): ReactElement {
  const { failed } = imported.counts;
  if (failed === 0) {
    return (
      <Card>
        <CardHead title="Every row was read" />
        <CardBody>
          <p className="flex items-center gap-2 text-muted">
            <CircleCheck size={14} aria-hidden="true" className="text-success-fg" />
            Nothing was left out because of a fault.
          </p>
        </CardBody>
      </Card>
    );
  }
  return (
    <Card>
      <CardHead
        title={`${formatCountOf(failed, "row was", "rows were")} not imported`}
        end={<ErrorFileButton imported={imported} />}
      />
      {failed <= mostRead && <FirstRows imported={imported} />}
      <p className="border-t border-line-subtle px-4 py-2.5 text-xs text-subtle">
        The error file has your columns plus the reason. Correct it and import it as it is.
      </p>
    </Card>
  );
}

function FirstRows({ imported }: { readonly imported: Import }): ReactElement {
  const params = { importId: imported.id };
  const query = useQuery({
    queryKey: [...keyOf(importErrorFile, { params }), "rows"],
    queryFn: async ({ signal }) => {
      const { blob } = await callForFile(importErrorFile, { params, signal });
      return readErrorRows(await blob.text());
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <QueryView
      query={query}
      what="The rows that were not imported"
      skeleton={<SkeletonLines lines={4} className="px-4" />}
      className="px-4 pb-3"
    >
      {(rows) => <ErrorTable rows={rows.slice(0, mostShown)} imported={imported} total={rows.length} />}
    </QueryView>
  );
}

type ErrorTableProps = { readonly rows: readonly ErrorRow[]; readonly imported: Import; readonly total: number };

function ErrorTable({ rows, imported, total }: ErrorTableProps): ReactElement {
  const look = "h-9 border-t border-line-subtle px-2.5 first:pl-4 last:pr-4";
  return (
    <div className="overflow-x-auto">
      <table aria-label="Rows that were not imported" className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            {["Row", "Field", "Value", "Reason"].map((head) => (
              <th
                key={head}
                scope="col"
                className="h-8 px-2.5 text-left text-xs font-medium text-subtle first:pl-4 last:pr-4"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.row}>
              <td className={`${look} tnum text-subtle`}>{row.row}</td>
              <td className={`${look} whitespace-nowrap`}>{fieldLabel(imported, row.field)}</td>
              <td className={`${look} max-w-40 truncate`}>
                <Value text={valueIn(row, imported)} />
              </td>
              <td className={`${look} text-muted`}>{row.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length < total && (
        <p className="px-4 pb-3 text-xs text-subtle">
          The first {formatCount(rows.length)} of {formatCount(total)}; the file has all.
        </p>
      )}
    </div>
  );
}

function Value({ text }: { readonly text: string }): ReactElement {
  return text === "" ? (
    <span className="text-subtle">empty</span>
  ) : (
    <span className="tnum rounded-sm bg-danger-soft px-1.5 py-0.5 text-danger-fg">{text}</span>
  );
}

/** The cell to blame; for a fault of the whole row its first one. */
function valueIn({ field, cells }: ErrorRow, { mapping }: Import): string {
  return cells[columnOf(mapping, field) ?? 0] ?? "";
}
