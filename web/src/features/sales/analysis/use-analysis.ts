import { Figure, listAnalysisRows, readAnalysis } from "@rainmaker/contracts/sales/analysis";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import type { PipelineId } from "@rainmaker/contracts/ids";
import { daysOfSpan } from "#lib/span";
import { livePages, liveQuery } from "#lib/query";
import type { AnalysisSearch } from "./search.ts";

export type Analysis = ReplyOf<typeof readAnalysis>;

const entities = ["opportunity", "pipeline"];

function askedOf({ owner, team, span }: AnalysisSearch, today: string) {
  return {
    ...daysOfSpan(span ?? "last-12-months", today),
    ...(owner !== undefined && { ownerId: owner }),
    ...(team !== undefined && { teamId: team }),
  };
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function analysisQuery(pipelineId: PipelineId, search: AnalysisSearch, today: string) {
  return liveQuery(readAnalysis, { params: { pipelineId }, query: askedOf(search, today) }, entities);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function analysisRowsQuery(pipelineId: PipelineId, search: AnalysisSearch, figure: Figure, today: string) {
  const query = { ...askedOf(search, today), figure, key: search.key ?? "", limit: "50" };
  return livePages(listAnalysisRows, { params: { pipelineId }, query }, entities);
}

/** The figure that an address names; undefined where there is no such. */
export function figureNamed(name: string | undefined): Figure | undefined {
  const read = Figure.safeParse(name);
  return read.success ? read.data : undefined;
}
