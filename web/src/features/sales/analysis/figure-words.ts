import { ageBuckets, type Figure, type WinRate } from "@rainmaker/contracts/sales/analysis";
import type { Analysis } from "./use-analysis.ts";

export type Grouping = "source" | "product" | "owner";

export const groupingWords: Readonly<Record<Grouping, string>> = {
  source: "Source",
  product: "Product",
  owner: "Owner",
};

/** What has none of a grouping. */
const without: Readonly<Record<Grouping, string>> = {
  source: "No source",
  product: "No product",
  owner: "Nobody",
};

export function labelOf(by: Grouping, { label }: Pick<WinRate, "label">): string {
  return label ?? without[by];
}

export function ratesOf({ bySource, byProduct, byOwner }: Analysis, by: Grouping): readonly WinRate[] {
  return { source: bySource, product: byProduct, owner: byOwner }[by];
}

export function ageText(from: number, to: number | null): string {
  return to === null ? `${from} days or more` : `${from} to ${to} days`;
}

const byStage: Partial<Readonly<Record<Figure, string>>> = {
  entered: "Entered",
  wentOn: "Went on from",
  lostFrom: "Lost after",
  stillThere: "Still open since",
  left: "Left",
};
const byGroup: Partial<Readonly<Record<Figure, Grouping>>> = {
  wonBySource: "source",
  lostBySource: "source",
  wonByProduct: "product",
  lostByProduct: "product",
  wonByOwner: "owner",
  lostByOwner: "owner",
};

/** Heads the list of opportunities behind a figure. */
export function figureTitle(analysis: Analysis, figure: Figure, key: string): string {
  const stage = byStage[figure];
  if (stage !== undefined) {
    return `${stage} ${analysis.conversion.find((one) => one.stage.id === key)?.stage.name ?? "a stage"}`;
  }
  if (figure === "age") return `Open for ${ageText(Number(key), ageEnd(Number(key)))}`;
  if (figure === "slipped") return "Closing put off";
  const outcome = figure.startsWith("won") ? "Won" : "Lost";
  const by = byGroup[figure];
  const group = by === undefined ? undefined : ratesOf(analysis, by).find((one) => one.key === key);
  if (by === undefined || group === undefined) return outcome;
  return `${outcome}, ${group.label ?? without[by].toLowerCase()}`;
}

function ageEnd(from: number): number | null {
  const next = ageBuckets.find((start) => start > from);
  return next === undefined ? null : next - 1;
}
