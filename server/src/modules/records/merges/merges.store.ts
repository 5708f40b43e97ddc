import { sql } from "kysely";
import { Refusal } from "#platform/errors";
import type { Context } from "#platform/context";
import type { RecordsContext } from "../records.context.ts";

/** Rows that hung on a merged record, by table and merged id: what telling them apart again takes. */
export type Moved = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

type Merging = {
  readonly entity: "customer" | "contact";
  readonly mergeId: string;
  readonly survivorId: string;
  readonly merged: readonly { readonly id: string; readonly externalId: string | null }[];
};

/** From here on the ids of the merged records lead to the one that stays; so do those that led to them before. */
export async function redirectRecords(ctx: Context, { entity, mergeId, survivorId, merged }: Merging): Promise<void> {
  const { tx }: RecordsContext = ctx;
  const { organizationId } = ctx.actor;
  const ids = merged.map(({ id }) => id);
  await tx
    .updateTable("record_redirect")
    .set({ new_id: survivorId })
    .where("organization_id", "=", organizationId)
    .where("entity", "=", entity)
    .where("new_id", "in", ids)
    .execute();
  await tx
    .insertInto("record_redirect")
    .values(
      merged.map(({ id, externalId }) => ({
        organization_id: organizationId,
        entity,
        old_id: id,
        new_id: survivorId,
        external_id: externalId,
        merge_id: mergeId,
      })),
    )
    .execute();
  // One pair less to decide about, whatever was said of it.
  await tx
    .deleteFrom("duplicate_pair")
    .where("organization_id", "=", organizationId)
    .where("entity", "=", entity)
    .where((eb) => eb.or([eb("low_id", "in", ids), eb("high_id", "in", ids)]))
    .execute();
}

type Kept = {
  readonly mergeId: string;
  readonly entity: "customer" | "contact";
  readonly survivorId: string;
  readonly choices: object;
  readonly before: readonly object[];
  readonly moved: readonly Moved[];
};

/** What it takes to tell the records apart again. */
export async function keepMerge(ctx: Context, { mergeId, entity, survivorId, ...kept }: Kept): Promise<void> {
  const { tx }: RecordsContext = ctx;
  await tx
    .insertInto("record_merge")
    .values({
      organization_id: ctx.actor.organizationId,
      id: mergeId,
      entity,
      survivor_id: survivorId,
      merged_by: ctx.actor.memberId ?? survivorId,
      merged_at: ctx.now.toISOString(),
      choices: JSON.stringify(kept.choices),
      before: JSON.stringify(kept.before, (_, value: unknown) =>
        typeof value === "bigint" ? value.toString() : value,
      ),
      moved: JSON.stringify(Object.assign({}, ...kept.moved)),
    })
    .execute();
}

/** Refuses an id that was merged meanwhile: whoever names it is too late. @throws Refusal 409 */
export async function refuseMerged(ctx: Context, entity: string, recordId: string): Promise<void> {
  const { tx }: RecordsContext = ctx;
  const row = await tx
    .selectFrom("record_redirect")
    .select("new_id")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("entity", "=", entity)
    .where("old_id", "=", recordId)
    .executeTakeFirst();
  if (row === undefined) return;
  throw new Refusal("conflict", "already_merged", `This ${entity} was merged into another one`);
}

type Child = { readonly table: string; readonly column: string; readonly subject?: string };

/**
 * Hangs the rows of a table on the record that stays. Tables whose rows have no id of their own do it themselves.
 * @param subject where the table belongs to records of several entities: which
 */
export async function repoint(
  ctx: Context,
  { table, column, subject }: Child,
  survivorId: string,
  mergedIds: readonly string[],
): Promise<Moved> {
  const of = sql.ref(`t.${column}`);
  const isMeant = subject === undefined ? sql`true` : sql`t.subject = ${subject}`;
  const { rows } = await sql<{ old_id: string; ids: string[] }>`
    with old as (select t.id, ${of} as old_id from ${sql.table(table)} t
        where t.organization_id = ${ctx.actor.organizationId} and ${of} = any(${[...mergedIds]}::uuid[]) and ${isMeant} for update),
      moved as (update ${sql.table(table)} t set ${sql.ref(column)} = ${survivorId} from old
        where t.organization_id = ${ctx.actor.organizationId} and t.id = old.id returning t.id, old.old_id)
    select old_id, array_agg(id::text) as ids from moved group by old_id`.execute(ctx.tx);
  return { [table]: Object.fromEntries(rows.map(({ old_id: oldId, ids }) => [oldId, ids])) };
}

/**
 * Locks records one after another in the order of their ids, so that two merges of the same ones cannot wait for each
 * other, and returns them in the order given.
 */
export async function lockedById<Locked>(
  ids: readonly string[],
  lock: (id: string) => Promise<Locked>,
): Promise<Locked[]> {
  const locked = new Map<string, Locked>();
  for (const id of ids.toSorted()) locked.set(id, await lock(id));
  return ids.flatMap((id) => locked.get(id) ?? []);
}
