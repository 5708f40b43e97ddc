import type { FigureCell } from "@rainmaker/contracts/sales/analysis";
import type { ReactElement } from "react";
import { formatCount, formatMoney, formatPercent } from "#lib/format";
import { Bar } from "#ui/bar";
import { Card, CardHead } from "#ui/card";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { KpiTile } from "#ui/kpi-tile";
import { LinkButton } from "#ui/link";
import { Segmented } from "#ui/segmented";
import { ChartColumn } from "lucide-react";
import { ageText, groupingWords, labelOf, ratesOf, type Grouping } from "./figure-words.ts";
import type { Analysis } from "./use-analysis.ts";

type Open = (cell: FigureCell) => void;
type PartProps = { readonly analysis: Analysis; readonly onOpen: Open };

type CellProps = { readonly cell: FigureCell; readonly what: string; readonly onOpen: Open };

/** A figure that opens what it counts; nothing to open is plain. */
function Count({ cell, what, onOpen }: CellProps): ReactElement {
  if (cell.count === 0) return <span className="tnum text-subtle">0</span>;
  return (
    <LinkButton className="tnum" aria-label={`${what}: ${formatCount(cell.count)}`} onClick={() => onOpen(cell)}>
      {formatCount(cell.count)}
    </LinkButton>
  );
}

function Sum({ cell, what, onOpen }: CellProps): ReactElement {
  const text = formatMoney(cell.amount, { style: "compact" });
  if (cell.count === 0) return <span>{text}</span>;
  return (
    <LinkButton aria-label={`${what}: ${text}`} onClick={() => onOpen(cell)}>
      {text}
    </LinkButton>
  );
}

function Share({ rate }: { readonly rate: string | null }): ReactElement {
  if (rate === null) return <span className="text-subtle">None</span>;
  return (
    <span className="flex items-center gap-2">
      <Bar share={Number(rate)} className="w-20 max-md:hidden" />
      <span className="tnum">{formatPercent(rate)}</span>
    </span>
  );
}

export function Headlines({ analysis, onOpen }: PartProps): ReactElement {
  const { won, lost, rate, medianDays, averageDays } = analysis.velocity;
  const { slipped, averageDays: putOff } = analysis.slippage;
  const days = (text: string | null): string => text ?? "None";
  return (
    <div className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      <KpiTile label="Win rate" value={rate === null ? "None" : formatPercent(rate)} context="of what closed">
        <p className="text-xs text-muted">
          <Count cell={won} what="Won" onOpen={onOpen} /> won, <Count cell={lost} what="Lost" onOpen={onOpen} /> lost
        </p>
      </KpiTile>
      <KpiTile label="Won" value={<Sum cell={won} what="Won" onOpen={onOpen} />}>
        <p className="text-xs text-muted">{formatMoney(won.amount)}</p>
      </KpiTile>
      <KpiTile label="Days to win" value={days(medianDays)} context="median">
        <p className="text-xs text-muted">{averageDays === null ? "Nothing was won" : `${averageDays} on average`}</p>
      </KpiTile>
      <KpiTile label="Closing put off" value={<Count cell={slipped} what="Closing put off" onOpen={onOpen} />}>
        <p className="text-xs text-muted">
          {putOff === null
            ? "No close date moved"
            : `by ${putOff} days on average, ${formatMoney(slipped.amount, { style: "compact" })}`}
        </p>
      </KpiTile>
    </div>
  );
}

type Conversion = Analysis["conversion"][number] & { readonly left: FigureCell; readonly medianDays: string | null };

/** What became of what entered each stage, and how long it stayed. */
export function ConversionCard({ analysis, onOpen }: PartProps): ReactElement {
  const { conversion, velocity } = analysis;
  const rows = conversion.flatMap((row, index) => {
    const its = velocity.stages[index];
    return its === undefined ? [] : [{ ...row, left: its.left, medianDays: its.medianDays }];
  });
  const number = (key: string, head: string, cellOf: (row: Conversion) => FigureCell): Column<Conversion> => ({
    key,
    head,
    align: "right",
    className: "w-28",
    render: (row) => <Count cell={cellOf(row)} what={`${head}, ${row.stage.name}`} onOpen={onOpen} />,
  });
  const columns: Column<Conversion>[] = [
    { key: "stage", head: "Stage", render: ({ stage }) => stage.name },
    number("entered", "Entered", ({ entered }) => entered),
    number("wentOn", "Went on", ({ wentOn }) => wentOn),
    number("lost", "Lost", ({ lost }) => lost),
    number("stillThere", "Still open", ({ stillThere }) => stillThere),
    { key: "rate", head: "Conversion", className: "w-44", render: ({ rate }) => <Share rate={rate} /> },
    number("left", "Left", ({ left }) => left),
    {
      key: "days",
      head: "Median days",
      align: "right",
      className: "w-28",
      render: ({ medianDays }) =>
        medianDays === null ? <span className="text-subtle">None</span> : <span className="tnum">{medianDays}</span>,
    },
  ];
  return (
    <Card>
      <CardHead title="Conversion by stage" context="of what entered in this time" />
      <DataTable
        label="Conversion by stage"
        columns={columns}
        rows={rows}
        keyOf={({ stage }) => stage.id}
        renderPhone={({ stage, entered, rate, medianDays }) => (
          <span className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 truncate font-medium">{stage.name}</span>
            <span className="text-xs text-muted">{medianDays === null ? "" : `${medianDays} d`}</span>
            <Count cell={entered} what={`Entered, ${stage.name}`} onOpen={onOpen} />
            <span className="tnum w-14 text-right">{rate === null ? "" : formatPercent(rate)}</span>
          </span>
        )}
        onRetry={() => {}}
        empty={<EmptyState icon={ChartColumn} title="No open stages" />}
      />
    </Card>
  );
}

/** What is open now, by the days since it was opened. */
export function AgeCard({ analysis, onOpen }: PartProps): ReactElement {
  const most = Math.max(1, ...analysis.age.map(({ open }) => open.count));
  return (
    <Card>
      <CardHead title="Age of what is open" context="days since it was opened, today" />
      <ul className="flex flex-col gap-2 px-4 pb-4">
        {analysis.age.map(({ fromDays, toDays, open }) => (
          <li
            key={fromDays}
            className="tnum grid grid-cols-[8rem_minmax(0,1fr)_3rem_6rem] items-center gap-3 max-sm:grid-cols-[6.5rem_minmax(0,1fr)_2rem_4.5rem]"
          >
            <span className="text-muted">{ageText(fromDays, toDays)}</span>
            <Bar share={open.count / most} tone={fromDays > 60 ? "warning" : "brand"} />
            <span className="text-right">
              <Count cell={open} what={`Open for ${ageText(fromDays, toDays)}`} onOpen={onOpen} />
            </span>
            <span className="text-right text-muted">{formatMoney(open.amount, { style: "compact" })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

type WinRatesProps = PartProps & { readonly by: Grouping; readonly onBy: (by: Grouping) => void };
type Rate = ReturnType<typeof ratesOf>[number];

/** Who and what wins; what is lost counts, and is worth nothing. */
export function WinRatesCard({ analysis, by, onBy, onOpen }: WinRatesProps): ReactElement {
  const rows = ratesOf(analysis, by);
  const columns: Column<Rate>[] = [
    { key: "label", head: groupingWords[by], className: "max-w-60 truncate", render: (row) => labelOf(by, row) },
    {
      key: "won",
      head: "Won",
      align: "right",
      className: "w-24",
      render: (row) => <Count cell={row.won} what={`Won, ${labelOf(by, row)}`} onOpen={onOpen} />,
    },
    {
      key: "lost",
      head: "Lost",
      align: "right",
      className: "w-24",
      render: (row) => <Count cell={row.lost} what={`Lost, ${labelOf(by, row)}`} onOpen={onOpen} />,
    },
    { key: "rate", head: "Win rate", className: "w-44", render: ({ rate }) => <Share rate={rate} /> },
    {
      key: "amount",
      head: "Won value",
      align: "right",
      className: "w-36",
      render: ({ won }) => <span className="tnum">{formatMoney(won.amount, { style: "short" })}</span>,
    },
  ];
  return (
    <Card>
      <CardHead
        title="Win rate"
        context="of what closed in this time"
        end={
          <Segmented
            label="Win rate by"
            value={by}
            onChange={onBy}
            options={(["source", "product", "owner"] as const).map((value) => ({ value, label: groupingWords[value] }))}
          />
        }
      />
      <DataTable
        label="Win rate"
        columns={columns}
        rows={rows}
        keyOf={({ key }) => key}
        renderPhone={(row) => (
          <span className="flex items-baseline gap-3">
            <span className="min-w-0 flex-1 truncate font-medium">{labelOf(by, row)}</span>
            <span className="text-xs text-muted">
              <Count cell={row.won} what={`Won, ${labelOf(by, row)}`} onOpen={onOpen} /> of{" "}
              {row.won.count + row.lost.count}
            </span>
            <span className="tnum w-14 text-right">{row.rate === null ? "" : formatPercent(row.rate)}</span>
          </span>
        )}
        onRetry={() => {}}
        empty={
          <EmptyState icon={ChartColumn} title="Nothing closed in this time">
            Win rates count what was won and lost between these days.
          </EmptyState>
        }
      />
    </Card>
  );
}
