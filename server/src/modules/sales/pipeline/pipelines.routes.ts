import * as contracts from "@rainmaker/contracts/sales/pipelines";
import { serve, serveRead, type Http } from "#platform/http";
import { getPipeline, listPipelines } from "./pipelines.query.ts";
import { createPipeline, updatePipeline } from "./save-pipeline.command.ts";

export function pipelineRoutes(http: Http): void {
  serveRead(http, contracts.listPipelines, "statement", (ctx) => listPipelines(ctx));
  serve(http, contracts.createPipeline, async (ctx, _, body) => getPipeline(ctx, await createPipeline(ctx, body)));
  serve(http, contracts.updatePipeline, async (ctx, { pipelineId }, body, asked) => {
    await updatePipeline(ctx, pipelineId, body, asked);
    return getPipeline(ctx, pipelineId);
  });
}
