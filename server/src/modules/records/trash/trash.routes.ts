import { listTrash as contract } from "@rainmaker/contracts/records/records";
import { serveRead, type Http } from "#platform/http";
import { listTrash } from "./trash.query.ts";

export function trashRoutes(http: Http): void {
  serveRead(http, contract, "statement", (ctx, _, query) => listTrash(ctx, query));
}
