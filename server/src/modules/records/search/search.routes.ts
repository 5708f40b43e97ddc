import { searchRecords as contract } from "@rainmaker/contracts/records/search";
import { serveRead, type Http } from "#platform/http";
import { searchRecords } from "./searchable.query.ts";

const defaultMost = 8;

export function searchRoutes(http: Http): void {
  serveRead(http, contract, "statement", async (ctx, _, { q, limit }) => ({
    items: await searchRecords(ctx, q, limit === undefined ? defaultMost : Number(limit)),
  }));
}
