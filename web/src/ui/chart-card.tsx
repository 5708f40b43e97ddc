import { ChartColumn, Download, Table2 } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { toCsv } from "#lib/csv";
import { saveFile } from "#lib/files";
import { IconButton } from "#ui/button";
import { Card, CardHead } from "#ui/card";

export type ChartTable = {
  readonly heads: readonly [string, string];
  /** The words a person reads, and the plain value for a spreadsheet. */
  readonly rows: readonly {
    readonly key: string;
    readonly label: string;
    readonly text: string;
    readonly csv: string;
  }[];
};

type ChartCardProps = {
  /** The one message of the chart. */
  readonly title: string;
  readonly context?: ReactNode;
  /** The same values, for View as table and for the file. */
  readonly table: ChartTable;
  readonly fileName: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A chart with what every chart has: a title that says the finding, the values as a table, the values as a file. */
export function ChartCard({ title, context, table, fileName, className, children }: ChartCardProps): ReactElement {
  const [isTable, setIsTable] = useState(false);
  const save = (): void => {
    const text = toCsv([table.heads, ...table.rows.map(({ key, csv }) => [key, csv])]);
    saveFile({ blob: new Blob([text], { type: "text/csv" }), name: fileName }, fileName);
  };
  return (
    <Card className={className}>
      <CardHead
        title={title}
        context={context === undefined ? undefined : <span className="max-sm:sr-only">{context}</span>}
        end={
          <span className="flex items-center gap-0.5">
            <IconButton
              icon={isTable ? ChartColumn : Table2}
              size="xs"
              label={isTable ? "View as chart" : "View as table"}
              onClick={() => setIsTable(!isTable)}
            />
            <IconButton icon={Download} size="xs" label="Download as CSV" onClick={save} />
          </span>
        }
      />
      <div className="px-4 pb-4">{isTable ? <ValueTable title={title} table={table} /> : children}</div>
    </Card>
  );
}

function ValueTable({ title, table }: { readonly title: string; readonly table: ChartTable }): ReactElement {
  const [first, second] = table.heads;
  return (
    // As high as the chart, so that nothing jumps; scrolls by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="scroll-area h-42" tabIndex={0} aria-label={`${title}, as a table`}>
      <table className="w-full">
        <thead>
          <tr className="text-xs text-subtle">
            <th scope="col" className="h-7 text-left font-medium">
              {first}
            </th>
            <th scope="col" className="text-right font-medium">
              {second}
            </th>
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ key, label, text }) => (
            <tr key={key} className="border-t border-line-subtle">
              <th scope="row" className="h-7 text-left font-normal">
                {label}
              </th>
              <td className="tnum text-right">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
