import * as contracts from "@rainmaker/contracts/organization/audit";
import { Readable } from "node:stream";
import { serveDownload, serveRead, type Http } from "#platform/http";
import { listAuditLog, verifyAuditLog } from "./audit-log.query.ts";
import { auditFileName, auditLines } from "./export-audit-log.command.ts";

export function auditRoutes(http: Http): void {
  serveRead(http, contracts.listAuditLog, "statement", (ctx, _, query) => listAuditLog(ctx, query));
  serveRead(http, contracts.verifyAuditLog, "statement", (ctx) => verifyAuditLog(ctx));
  serveDownload(http, contracts.exportAuditLog, async (ctx, _, filters) => ({
    content: Readable.from(auditLines(http.workplace, ctx, filters)),
    type: "text/csv; charset=utf-8",
    name: auditFileName(ctx),
    inline: false,
  }));
}
