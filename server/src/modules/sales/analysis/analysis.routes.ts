import * as contracts from "@rainmaker/contracts/sales/analysis";
import { serveRead, type Http } from "#platform/http";
import { listAnalysisRows, readAnalysis } from "./analysis.query.ts";

export function analysisRoutes(http: Http): void {
  serveRead(http, contracts.readAnalysis, "snapshot", (ctx, { pipelineId }, query) =>
    readAnalysis(ctx, pipelineId, query),
  );
  serveRead(http, contracts.listAnalysisRows, "snapshot", (ctx, { pipelineId }, query) =>
    listAnalysisRows(ctx, pipelineId, query),
  );
}
