import type { Import, ImportMapping } from "@rainmaker/contracts/records/imports";
import type { UseQueryResult } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { formatCount, formatCountOf } from "#lib/format";
import { Badge, type Tone } from "#ui/badge";
import { Card, CardHead } from "#ui/card";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { QueryView } from "#ui/query-view";
import { Segmented } from "#ui/segmented";
import { SkeletonLines } from "#ui/skeleton";
import { FiguresStrip } from "./figures-strip.tsx";
import { fieldLabel } from "./import-words.ts";
import type { Preview } from "./use-import.ts";

type CheckStepProps = {
  readonly imported: Import;
  readonly mapping: ImportMapping;
  readonly preview: UseQueryResult<Preview>;
};

/** What running it now would do: figures, reasons, and the first rows. */
export function CheckStep({ imported, mapping, preview }: CheckStepProps): ReactElement {
  const isStale = preview.isPlaceholderData;
  return (
    <QueryView query={isStale ? { ...preview, data: undefined } : preview} what="The check" skeleton={<Checking />}>
      {(data) => (
        <div className="flex flex-col gap-4">
          <FiguresStrip
            counts={data.counts}
            labels={{ created: "Would be created", updated: "Would be updated", skipped: "Left as they are" }}
          />
          <Findings imported={imported} preview={data} />
          <Rows imported={imported} mapping={mapping} rows={data.rows} total={data.counts.read} />
        </div>
      )}
    </QueryView>
  );
}

function Checking(): ReactElement {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">Checking every row of the file</p>
      <SkeletonLines lines={6} />
    </div>
  );
}

function Findings({ imported, preview }: { readonly imported: Import; readonly preview: Preview }): ReactElement {
  const { errors, notices } = preview;
  return (
    <div className="grid grid-cols-2 items-start gap-3 max-lg:grid-cols-1">
      <Card>
        <CardHead
          title="Reasons rows are not imported"
          context={errors.length === 0 ? "none" : formatCountOf(errors.length, "reason")}
        />
        {errors.map(({ field, code, message, rows }) => (
          <Line key={`${field} ${code}`} count={formatCountOf(rows, "row")}>
            <b className="font-medium">{fieldLabel(imported, field)}</b> {message}
          </Line>
        ))}
        {errors.length === 0 && <Line>Every row can be read.</Line>}
      </Card>
      <Card>
        <CardHead title="Good to know" />
        {notices.map(({ code, message, rows }) => (
          <Line key={code} {...(rows > 0 && { count: `used by ${formatCountOf(rows, "row")}` })}>
            {message}
          </Line>
        ))}
        {notices.length === 0 && <Line>Nothing else is made or left out.</Line>}
      </Card>
    </div>
  );
}

function Line({ children, count }: { readonly children: ReactNode; readonly count?: string }): ReactElement {
  return (
    <p className="flex items-start gap-3 border-t border-line-subtle px-4 py-2.5">
      <span className="min-w-0 flex-1">{children}</span>
      {count !== undefined && <span className="tnum flex-none text-xs leading-5 text-subtle">{count}</span>}
    </p>
  );
}

type PreviewRow = Preview["rows"][number];

const verdicts: Readonly<Record<PreviewRow["verdict"], { readonly word: string; readonly tone: Tone }>> = {
  create: { word: "New", tone: "success" },
  update: { word: "Update", tone: "info" },
  skip: { word: "As it is", tone: "neutral" },
  review: { word: "To decide", tone: "warning" },
  fail: { word: "Not imported", tone: "danger" },
};

const mostColumns = 5;

type RowsProps = {
  readonly imported: Import;
  readonly mapping: ImportMapping;
  readonly rows: readonly PreviewRow[];
  readonly total: number;
};

function Rows({ imported, mapping, rows, total }: RowsProps): ReactElement {
  const [show, setShow] = useState<"all" | "fail">("all");
  const shown = show === "all" ? rows : rows.filter(({ verdict }) => verdict === "fail");
  return (
    <Card>
      <CardHead
        title={rows.length < total ? `First ${formatCount(rows.length)} rows` : "Rows"}
        end={
          <Segmented
            label="Rows shown"
            value={show}
            onChange={setShow}
            options={[
              { value: "all", label: "All" },
              { value: "fail", label: "Not imported" },
            ]}
          />
        }
      />
      <div className="overflow-x-auto border-t border-line-subtle">
        <DataTable
          label="Rows of the file"
          columns={columnsFor(imported, mapping)}
          rows={shown}
          keyOf={({ row }) => String(row)}
          onRetry={() => undefined}
          renderPhone={(row) => <PhoneRow row={row} imported={imported} />}
          empty={<EmptyState icon={CircleCheck} title="All of these rows would be imported" />}
        />
      </div>
    </Card>
  );
}

function columnsFor(imported: Import, mapping: ImportMapping): readonly Column<PreviewRow>[] {
  const mapped = mapping.columns.filter(({ field }) => field !== null).slice(0, mostColumns);
  return [
    { key: "row", head: "Row", className: "w-16 text-subtle", render: ({ row }) => formatCount(row) },
    { key: "verdict", head: "Result", className: "w-32", render: (row) => <Verdict row={row} /> },
    ...mapped.map(({ index, field }) => ({
      key: String(index),
      head: fieldLabel(imported, field ?? ""),
      className: "max-w-44 truncate",
      render: ({ cells, errors }: PreviewRow) => (
        <Cell text={cells[index] ?? ""} isWrong={errors.some((error) => error.field === field)} />
      ),
    })),
    {
      key: "reason",
      head: "Reason",
      className: "max-w-64 truncate",
      render: ({ errors }) => <span className="text-danger-fg">{errors.map(({ message }) => message).join("; ")}</span>,
    },
  ];
}

function Verdict({ row: { verdict } }: { readonly row: PreviewRow }): ReactElement {
  const { word, tone } = verdicts[verdict];
  return <Badge tone={tone}>{word}</Badge>;
}

function Cell({ text, isWrong }: { readonly text: string; readonly isWrong: boolean }): ReactElement {
  if (!isWrong) return <>{text}</>;
  return <span className="rounded-sm bg-danger-soft px-1.5 py-0.5 text-danger-fg">{text === "" ? "empty" : text}</span>;
}

function PhoneRow({ row, imported }: { readonly row: PreviewRow; readonly imported: Import }): ReactElement {
  const [first] = row.errors;
  return (
    <span className="flex items-center gap-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{row.cells.filter(Boolean).slice(0, 3).join(" · ")}</span>
        <span className="block truncate text-xs text-subtle">
          Row {formatCount(row.row)}
          {first !== undefined && `: ${fieldLabel(imported, first.field)}, ${first.message}`}
        </span>
      </span>
      <Verdict row={row} />
    </span>
  );
}
