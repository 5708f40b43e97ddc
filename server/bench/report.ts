import type { Figures } from "./load.ts";

/** One line of the table: the application, the same SQL bare, the plain server, and the budget. */
export type Row = {
  readonly what: string;
  readonly app: Figures;
  readonly bare?: Figures;
  readonly floor?: Figures;
  /** Processor milliseconds of the Node process per call. */
  readonly appCpu: number;
  readonly floorCpu?: number;
  /** Largest allowed p95 as a multiple of the bare statement's. */
  readonly mostTimesBare?: number;
};

const ms = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(1));
const times = (value: number | undefined): string => (value === undefined ? "" : `${value.toFixed(2)}x`);

/** A table in Markdown. */
export function rowsToTable(rows: readonly Row[]): string {
  const head =
    "| operation | calls/s | p50 ms | p95 ms | bare p95 ms | p95 ratio | budget | CPU ms/call | plain server's | ratio |\n|--|--|--|--|--|--|--|--|--|--|";
  const lines = rows.map(({ what, app, bare, appCpu, floorCpu, mostTimesBare }) => {
    const ratio = bare === undefined ? undefined : app.p95 / bare.p95;
    const cells = [
      what,
      app.perSecond.toFixed(0),
      ms(app.p50),
      ms(app.p95),
      ms(bare?.p95),
      times(ratio),
      mostTimesBare === undefined
        ? ""
        : `${mostTimesBare}x${ratio !== undefined && ratio > mostTimesBare ? " MISSED" : ""}`,
      appCpu.toFixed(2),
      floorCpu === undefined ? "" : floorCpu.toFixed(2),
      floorCpu === undefined ? "" : times(appCpu / floorCpu),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [head, ...lines].join("\n");
}

/** A figure and what was measured. */
export type Fact = readonly [name: string, value: string];

/** A plain list of name and figure, as a table in Markdown. */
export function factsToTable(facts: readonly Fact[]): string {
  return ["| figure | measured |", "|--|--|", ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}
