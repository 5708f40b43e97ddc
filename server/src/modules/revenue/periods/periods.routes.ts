import * as contracts from "@rainmaker/contracts/revenue/periods";
import { serve, serveDownload, serveRead, type Http } from "#platform/http";
import { approveStatements, closePeriod, lockMonth, payPeriod, reopenPeriod } from "./close-period.command.ts";
import { generalLedgerFile, payrollFile } from "./payout-files.query.ts";
import { listPeriods, readPeriod } from "./periods.query.ts";

export function periodRoutes(http: Http): void {
  serveRead(http, contracts.listPeriods, "statement", (ctx) => listPeriods(ctx));
  serveRead(http, contracts.readPeriod, "snapshot", (ctx, { month }) => readPeriod(ctx, month));
  serve(http, contracts.closePeriod, async (ctx, { month }) => {
    await closePeriod(ctx, month);
    return readPeriod(ctx, month);
  });
  serve(http, contracts.reopenPeriod, async (ctx, { month }) => {
    await reopenPeriod(ctx, month);
    return readPeriod(ctx, month);
  });
  serve(http, contracts.approveStatements, async (ctx, { month }, { statementIds }) => {
    await approveStatements(ctx, month, statementIds);
    return readPeriod(ctx, month);
  });
  serve(http, contracts.lockPeriod, async (ctx, { month }) => {
    await lockMonth(ctx, month);
    return readPeriod(ctx, month);
  });
  serve(http, contracts.payPeriod, async (ctx, { month }) => {
    await payPeriod(ctx, month);
    return readPeriod(ctx, month);
  });
  serveDownload(http, contracts.payrollFile, (ctx, { month }) => payrollFile(ctx, month));
  serveDownload(http, contracts.generalLedgerFile, (ctx, { month }) => generalLedgerFile(ctx, month));
}
