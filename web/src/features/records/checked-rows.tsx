import type { Import } from "@rainmaker/contracts/records/imports";
import { CircleCheck } from "lucide-react";
import { useState, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatCount, formatCountOf } from "#lib/format";
import { Badge, type Tone } from "#ui/badge";
import { Button } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { Segmented } from "#ui/segmented";
import { TextField } from "#ui/text-field";
import { fieldLabel } from "./import-words.ts";
import { changedFixes, columnOf, shownColumns, withFix, type Fixes } from "./mapping.ts";
import type { MappingDraft, Preview } from "./use-import.ts";

type PreviewRow = Preview["rows"][number];

const verdicts: Readonly<Record<PreviewRow["verdict"], { readonly word: string; readonly tone: Tone }>> = {
  create: { word: "New", tone: "success" },
  update: { word: "Update", tone: "info" },
  skip: { word: "As it is", tone: "neutral" },
  review: { word: "To decide", tone: "warning" },
  fail: { word: "Not imported", tone: "danger" },
};

const mostColumns = 5;

type CheckedRowsProps = {
  readonly imported: Import;
  readonly draft: MappingDraft;
  readonly rows: readonly PreviewRow[];
  readonly total: number;
};

/** The first rows with what would become of them. A cell that is wrong is put right in place, for this run only. */
export function CheckedRows({ imported, draft, rows, total }: CheckedRowsProps): ReactElement {
  const saved = draft.mapping.fixes ?? {};
  const [show, setShow] = useState<"all" | "fail">("all");
  const [fixes, setFixes] = useState<Fixes>(saved);
  const open = changedFixes(saved, fixes);
  const cells: Cells = {
    textOf: (row, column) => fixes[row.row]?.[column] ?? row.cells[column] ?? "",
    fix: (row, column, text) => setFixes(withFix(fixes, row.row, column, text, row.cells[column] ?? "")),
    isFixed: (row, column) => fixes[row.row]?.[column] !== undefined,
  };
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
      {open > 0 && (
        <CardBody className="flex flex-wrap items-center gap-3">
          <Button tone="primary" size="sm" onClick={() => draft.change({ ...draft.mapping, fixes })}>
            Check with {formatCountOf(open, "correction")}
          </Button>
          <span className="text-xs text-subtle">For this import only; your file stays as it is.</span>
        </CardBody>
      )}
      <div className="overflow-x-auto border-t border-line-subtle">
        <DataTable
          label="Rows of the file"
          columns={columnsFor(imported, draft.mapping, rows, cells)}
          rows={shown}
          keyOf={({ row }) => String(row)}
          onRetry={() => undefined}
          renderPhone={(row) => <PhoneRow row={row} imported={imported} mapping={draft.mapping} cells={cells} />}
          empty={<EmptyState icon={CircleCheck} title="All of these rows would be imported" />}
        />
      </div>
    </Card>
  );
}

type Cells = {
  readonly textOf: (row: PreviewRow, column: number) => string;
  readonly fix: (row: PreviewRow, column: number, text: string) => void;
  readonly isFixed: (row: PreviewRow, column: number) => boolean;
};
type Mapping = MappingDraft["mapping"];

function columnsFor(
  imported: Import,
  mapping: Mapping,
  rows: readonly PreviewRow[],
  cells: Cells,
): readonly Column<PreviewRow>[] {
  const wrong = new Set(rows.flatMap(({ errors }) => errors.map(({ field }) => field)));
  return [
    { key: "row", head: "Row", className: "w-16 text-subtle", render: ({ row }) => formatCount(row) },
    { key: "verdict", head: "Result", className: "w-32", render: (row) => <Verdict row={row} /> },
    ...shownColumns(mapping, wrong, mostColumns).map(({ index, field }) => ({
      key: String(index),
      head: fieldLabel(imported, field),
      className: "max-w-44 truncate",
      render: (row: PreviewRow) => (
        <Cell row={row} column={index} field={field} label={fieldLabel(imported, field)} cells={cells} />
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

type CellProps = {
  readonly row: PreviewRow;
  readonly column: number;
  readonly field: string;
  readonly label: string;
  readonly cells: Cells;
};

function Cell({ row, column, field, label, cells }: CellProps): ReactElement {
  const text = cells.textOf(row, column);
  const isWrong = row.errors.some((error) => error.field === field);
  if (!isWrong && !cells.isFixed(row, column)) return <>{text}</>;
  return (
    <TextField
      label={`${label} of row ${row.row}`}
      isLabelHidden
      size="sm"
      className={cx("min-w-28", isWrong && !cells.isFixed(row, column) && "rounded-md ring-2 ring-danger-line")}
      value={text}
      placeholder="empty"
      onChange={(next) => cells.fix(row, column, next)}
    />
  );
}

type PhoneRowProps = {
  readonly row: PreviewRow;
  readonly imported: Import;
  readonly mapping: Mapping;
  readonly cells: Cells;
};

function PhoneRow({ row, imported, mapping, cells }: PhoneRowProps): ReactElement {
  const [first] = row.errors;
  const column = first === undefined ? null : columnOf(mapping, first.field);
  return (
    <span className="flex flex-wrap items-center gap-3">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{row.cells.filter(Boolean).slice(0, 3).join(" · ")}</span>
        <span className="block truncate text-xs text-subtle">
          Row {formatCount(row.row)}
          {first !== undefined && `: ${fieldLabel(imported, first.field)}, ${first.message}`}
        </span>
      </span>
      <Verdict row={row} />
      {first !== undefined && column !== null && (
        <span className="w-full">
          <Cell row={row} column={column} field={first.field} label={fieldLabel(imported, first.field)} cells={cells} />
        </span>
      )}
    </span>
  );
}
