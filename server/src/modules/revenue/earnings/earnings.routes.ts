import * as contracts from "@rainmaker/contracts/revenue/earnings";
import { serve, serveRead, type Http } from "#platform/http";
import { readEarnings, readWhatIf } from "./earnings.query.ts";

export function earningRoutes(http: Http): void {
  serveRead(http, contracts.readEarnings, "snapshot", (ctx) => readEarnings(ctx));
  serve(http, contracts.readWhatIf, (ctx, _, body) => readWhatIf(ctx, body));
}
