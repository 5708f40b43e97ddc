import * as contracts from "@rainmaker/contracts/sales/duplicates";
import { serve, serveRead, type Http } from "#platform/http";
import { dismissDuplicate } from "./dismiss-duplicate.command.ts";
import { listDuplicates, matchDuplicates } from "./duplicates.query.ts";

export function duplicateRoutes(http: Http): void {
  serveRead(http, contracts.matchDuplicates, "snapshot", async (ctx, _, query) => ({
    items: await matchDuplicates(ctx, query),
  }));
  serveRead(http, contracts.listDuplicates, "statement", (ctx, _, query) => listDuplicates(ctx, query));
  serve(http, contracts.dismissDuplicate, async (ctx, _, body) => {
    await dismissDuplicate(ctx, body);
    return { isDismissed: body.isDismissed };
  });
}
