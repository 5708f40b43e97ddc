import type { Import, ImportMapping } from "@rainmaker/contracts/records/imports";
import { ArrowRight, Check, CircleAlert, FileSpreadsheet, Minus, Sparkles } from "lucide-react";
import type { ReactElement } from "react";
import { announce } from "#lib/announce";
import { cx } from "#lib/class-names";
import { formatCount } from "#lib/format";
import { Badge } from "#ui/badge";
import { Note } from "#ui/note";
import { TextLink } from "#ui/link";
import { SelectField } from "#ui/select-field";
import { IconTile } from "#ui/timeline";
import { fieldLabel, fileText } from "./import-words.ts";
import { assignField, fieldOf, matchedCount, missingFields } from "./mapping.ts";

type MatchStepProps = {
  readonly imported: Import;
  readonly mapping: ImportMapping;
  readonly onChange: (next: ImportMapping) => void;
};

type Column = Import["columns"][number];

/** Which field each column of the file fills, with values to recognise it by. */
export function MatchStep({ imported, mapping, onChange }: MatchStepProps): ReactElement {
  const missing = missingFields(imported.fields, mapping);
  const assign = (column: Column, field: string | null): void => {
    const before = mapping.columns.find((other) => field !== null && other.field === field);
    if (before !== undefined && before.index !== column.index) {
      announce(`${imported.columns[before.index]?.header ?? ""} is not imported now`);
    }
    onChange(assignField(mapping, column.index, field));
  };
  return (
    <>
      <FileHead imported={imported} mapping={mapping} />
      {missing.length > 0 && (
        <Note tone="warning" icon={CircleAlert} className="mx-5 mb-3 max-sm:mx-4">
          {missing.map(({ label }) => label).join(", ")} {missing.length === 1 ? "is" : "are"} required: choose the
          column of your file.
        </Note>
      )}
      <table aria-label="Columns" className="w-full border-separate border-spacing-0 max-sm:block">
        <thead className="max-sm:sr-only">
          <tr>
            {["Your column", "Values", "Rainmaker field", "Result"].map((head) => (
              <th key={head} scope="col" className={headLook}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {imported.columns.map((column) => (
            <ColumnRow
              key={column.index}
              column={column}
              imported={imported}
              mapping={mapping}
              onAssign={(field) => assign(column, field)}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

const headLook = "h-9 border-b px-2.5 text-left text-xs font-medium whitespace-nowrap text-subtle first:pl-5 last:pr-5";
const cellLook =
  "h-12.5 border-b border-line-subtle px-2.5 first:pl-5 last:pr-5 max-sm:block max-sm:h-auto max-sm:border-0 max-sm:px-4 max-sm:py-0.5 max-sm:first:pl-4";

function FileHead({ imported, mapping }: Pick<MatchStepProps, "imported" | "mapping">): ReactElement {
  const matched = matchedCount(mapping);
  return (
    <div className="flex items-center gap-3 px-5 py-3.5 max-sm:flex-wrap max-sm:px-4">
      <IconTile icon={FileSpreadsheet} tone="success" />
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-medium">{imported.fileName}</h2>
        <p className="tnum text-xs text-subtle">
          {fileText(imported)}
          {imported.matchedAs !== null && (
            <>
              . Matched as{" "}
              <TextLink to="/imports/$importId" params={{ importId: imported.matchedAs }}>
                your last file
              </TextLink>{" "}
              with these columns
            </>
          )}
        </p>
      </div>
      <Badge tone={matched === 0 ? "warning" : "info"} icon={Sparkles}>
        {formatCount(matched)} of {formatCount(imported.columns.length)} matched
      </Badge>
    </div>
  );
}

type ColumnRowProps = {
  readonly column: Column;
  readonly imported: Import;
  readonly mapping: ImportMapping;
  readonly onAssign: (field: string | null) => void;
};

function ColumnRow({ column, imported, mapping, onAssign }: ColumnRowProps): ReactElement {
  const field = fieldOf(mapping, column.index);
  return (
    <tr className="max-sm:block max-sm:border-b max-sm:border-line-subtle max-sm:py-2.5">
      <th scope="row" className={cx(cellLook, "max-w-56 truncate text-left font-medium")}>
        {column.header}
      </th>
      <td className={cx(cellLook, "max-w-72")}>
        <Samples samples={column.samples} />
      </td>
      <td className={cx(cellLook, "w-64 max-sm:w-auto")}>
        <span className="flex items-center gap-3">
          <ArrowRight size={14} aria-hidden="true" className="flex-none text-subtle max-sm:hidden" />
          <SelectField
            label={`Field for ${column.header}`}
            isLabelHidden
            className="flex-1"
            value={field ?? ""}
            onChange={(next) => onAssign(next === "" ? null : next)}
            options={[
              { value: "", label: "Do not import" },
              ...imported.fields.map(({ name, label, required }) => ({
                value: name,
                label: required ? `${label} (required)` : label,
              })),
            ]}
          />
        </span>
      </td>
      <td className={cx(cellLook, "w-44 max-sm:w-auto")}>
        <Result field={field} imported={imported} />
      </td>
    </tr>
  );
}

function Samples({ samples }: { readonly samples: readonly string[] }): ReactElement {
  const shown = samples.filter((sample) => sample.trim() !== "");
  if (shown.length === 0) return <span className="text-subtle">empty</span>;
  return <span className="tnum block truncate text-muted">{shown.slice(0, 3).join(" · ")}</span>;
}

function Result({ field, imported }: { readonly field: string | null; readonly imported: Import }): ReactElement {
  const Icon = field === null ? Minus : Check;
  return (
    <span className={cx("flex items-center gap-1.5 text-xs", field === null ? "text-subtle" : "text-muted")}>
      <Icon size={14} aria-hidden="true" className={field === null ? "" : "text-success-fg"} />
      {field === null ? "not imported" : `fills ${fieldLabel(imported, field)}`}
    </span>
  );
}
