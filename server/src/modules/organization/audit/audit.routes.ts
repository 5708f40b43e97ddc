import * as contracts from "@rainmaker/contracts/organization/audit";
import { serveRead, type Http } from "#platform/http";
import { listAuditLog, verifyAuditLog } from "./audit-log.query.ts";

export function auditRoutes(http: Http): void {
  serveRead(http, contracts.listAuditLog, "statement", (ctx, _, query) => listAuditLog(ctx, query));
  serveRead(http, contracts.verifyAuditLog, "statement", (ctx) => verifyAuditLog(ctx));
}
