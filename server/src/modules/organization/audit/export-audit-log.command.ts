import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { exportAuditLog as contract, listAuditLog as listContract } from "@rainmaker/contracts/organization/audit";
import { dayIn } from "@rainmaker/contracts/time";
import type { Context } from "#platform/context";
import { csvHead, csvLine } from "#platform/csv";
import { inRead, inTransaction, type Caller, type Workplace } from "#platform/tenant";
import { listAuditLog } from "./audit-log.query.ts";

type Entry = ReplyInput<typeof listContract>["items"][number];

const pageSize = "1000";
const head = [
  "Entry",
  "Time",
  "Who",
  "Who id",
  "Action",
  "Entity",
  "Record",
  "Record id",
  "Field",
  "Before",
  "After",
  "Facts",
  "Address",
  "Device",
  "Request",
];

/** What the file is called where the organization is. */
export function auditFileName({ organization, now }: Pick<Context, "organization" | "now">): string {
  return `audit log ${dayIn(organization.timeZone, now)}.csv`;
}

/**
 * The log as a file, newest first, piece by piece: a page is read when the one before it was taken. Before anything
 * of it leaves, the log says who takes it out and what it was narrowed to; where that cannot be written, nothing leaves.
 */
export async function* auditLines(
  workplace: Workplace,
  caller: Caller,
  filters: QueryOf<typeof contract>,
): AsyncGenerator<string> {
  const fileName = auditFileName(caller);
  await inTransaction(workplace, caller, async (ctx) =>
    ctx.emit({ type: "audit.exported", recordId: null, label: fileName, facts: { fileName, filters: said(filters) } }),
  );
  yield csvHead(head);
  let cursor: string | undefined;
  do {
    const query = { ...filters, limit: pageSize, cursor };
    const { items, nextCursor } = await inRead(workplace, caller, "statement", (ctx) => listAuditLog(ctx, query));
    if (items.length > 0) yield items.flatMap(linesOf).map(csvLine).join("");
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function said(filters: QueryOf<typeof contract>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function linesOf(entry: Entry): string[][] {
  const { seq, occurredAt, actor, type, entity, label, recordId, facts, address, device, requestId } = entry;
  const about = [String(seq), occurredAt, actor?.name, actor?.id, type, entity, label, recordId];
  const from = [JSON.stringify(facts), address, device, requestId];
  const changes = Object.entries(entry.changes);
  const fields = changes.length === 0 ? [["", "", ""]] : changes.map(([field, sides]) => [field, ...sides.map(shown)]);
  return fields.map((field) => [...about, ...field, ...from].map((cell) => cell ?? ""));
}

/** A value as a cell: text as it is, nothing as nothing, anything else as JSON. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
