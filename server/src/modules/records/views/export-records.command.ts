import type { BodyOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { createExport as contract } from "@rainmaker/contracts/records/views";
import { reaches } from "@rainmaker/contracts/organization/permissions";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { reachOf, reachFor, requirePermission, type Actor, type Context } from "#platform/context";
import { csvHead, csvLine } from "#platform/csv";
import { invalidField } from "#platform/errors";
import { inRead, type Workplace } from "#platform/tenant";
import { checkFilter } from "../lists/filter.query.ts";
import { insertExport, type RecordExport } from "./exports.store.ts";
import { checkSort } from "./viewable.ts";
import { viewableOf } from "./viewables.query.ts";

/** Says what is taken out and by whom; the file is read afterwards, with the rights its person has then. */
export async function createExport(ctx: Context, body: BodyOf<typeof contract>): Promise<ReplyInput<typeof contract>> {
  const { record, heads, plural } = await viewableOf(ctx, body.entity);
  requirePermission(ctx.actor, `${body.entity}.export`);
  checkFilter(record, body.filter);
  checkSort(record, body.sort);
  const unknown = body.columns.find((key) => !Object.hasOwn(heads, key));
  if (unknown !== undefined) throw invalidField("columns", "column_unknown", `There is no column ${unknown}`);
  const fileName = `${plural} ${dayIn(ctx.organization.timeZone, ctx.now)}.csv`;
  const { entity, filter, columns, sort = null, timeZone = null } = body;
  const id = uuidv7();
  await insertExport(ctx, { id, entity, fileName, filter, sort, timeZone, columns });
  const facts = { fileName, entity, columns };
  ctx.emit({ type: "export.requested", recordId: id, label: fileName, ownerId: ctx.actor.memberId, facts });
  return { id, entity, fileName, createdAt: ctx.now.toISOString() };
}

const pageSize = 1000;

/** The file piece by piece: a page is read when the one before it was taken, so that no file stands in memory. */
export async function* exportLines(
  workplace: Workplace,
  ctx: Context,
  { entity, filter, sort, timeZone, columns }: RecordExport,
): AsyncGenerator<string> {
  const { heads, cells } = await inRead(workplace, ctx, "statement", (reading) => viewableOf(reading, entity));
  const taking = { ...ctx, actor: sightOfExport(ctx.actor, entity) };
  yield csvHead(columns.map((key) => heads[key] ?? key));
  let cursor: string | undefined;
  do {
    const asked = { filter: JSON.stringify(filter), sort: sort ?? undefined, timeZone: timeZone ?? undefined };
    const query = { ...asked, limit: String(pageSize), cursor };
    const { items, nextCursor } = await inRead(workplace, taking, "statement", (reading) =>
      cells(reading, query, columns),
    );
    if (items.length > 0) yield items.map(csvLine).join("");
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Somebody may see further than they may take out: the file is of the narrower of the two. */
function sightOfExport(actor: Actor, entity: RecordExport["entity"]): Actor {
  requirePermission(actor, `${entity}.export`);
  const [sees, takes] = [reachOf(actor, entity) ?? "own", reachFor(actor, `${entity}.export`) ?? "own"];
  const narrower = reaches.indexOf(takes) < reaches.indexOf(sees) ? takes : sees;
  return { ...actor, grants: new Map([...actor.grants, [`${entity}.read` as const, narrower]]) };
}
