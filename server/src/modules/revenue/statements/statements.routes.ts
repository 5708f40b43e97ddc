import * as contracts from "@rainmaker/contracts/revenue/commissions";
import { serveRead, type Http } from "#platform/http";
import { listCommissions, readStatement } from "./statements.query.ts";

export function statementRoutes(http: Http): void {
  serveRead(http, contracts.listCommissions, "statement", (ctx, _, query) => listCommissions(ctx, query));
  serveRead(http, contracts.readStatement, "snapshot", (ctx, { month }, query) => readStatement(ctx, month, query));
}
