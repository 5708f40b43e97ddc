import {
  listSalesRows as rowsContract,
  readCommissionFigures as commissionContract,
  readPerformance as performanceContract,
  readSalesFigures as salesContract,
} from "@rainmaker/contracts/analytics/figures";
import { serveRead, type Http } from "#platform/http";
import { readCommissionFigures } from "./commission.query.ts";
import { readPerformance } from "./performance.query.ts";
import { listSalesRows, readSalesFigures } from "./sales.query.ts";

export function figureRoutes(http: Http): void {
  serveRead(http, salesContract, "statement", (ctx, _, query) => readSalesFigures(ctx, query));
  serveRead(http, rowsContract, "statement", (ctx, _, query) => listSalesRows(ctx, query));
  serveRead(http, commissionContract, "statement", (ctx, _, query) => readCommissionFigures(ctx, query));
  serveRead(http, performanceContract, "statement", (ctx, _, query) => readPerformance(ctx, query));
}
