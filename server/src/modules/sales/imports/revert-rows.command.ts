import type { Direction, Replaced, RevertResult, RowFault, WrittenRow } from "#modules/records";
import type { Context } from "#platform/context";
import { widen } from "#platform/scope";
import { moveImported, readVersions } from "./imported-trash.store.ts";
import { swapValues, type ImportedTable } from "./imported-values.store.ts";
import type { MovedRecord } from "./written.ts";

export type WhyNot = Pick<RowFault, "code" | "message">;

/** How rows of one entity are taken back and done again. */
export type Reverting = {
  readonly table: ImportedTable;
  /** Created records that must stay where they are, and why. */
  readonly held: (ctx: Context, ids: readonly string[], direction: Direction) => Promise<ReadonlyMap<string, WhyNot>>;
  /** Moves created records out of the way or back. Left out: to the trash and from it. */
  readonly move?: (ctx: Context, records: readonly MovedRecord[], direction: Direction) => Promise<MovedRecord[]>;
  /** Takes along what belongs to updated records. @returns what doing the opposite takes, by record */
  readonly swapParts?: (
    ctx: Context,
    rows: readonly WrittenRow[],
    direction: Direction,
  ) => Promise<ReadonlyMap<string, Replaced>>;
  readonly announce: (ctx: Context, what: Reverted, direction: Direction, importId: string) => Promise<void> | void;
};

/** Records that were moved, and those that had values exchanged. */
export type Reverted = { readonly moved: readonly string[]; readonly swapped: readonly string[] };

/** Takes a chunk of written rows back, or does it again, leaving what somebody has changed since or what is held. */
export async function revertRows(
  ctx: Context,
  entity: Reverting,
  rows: readonly WrittenRow[],
  direction: Direction,
  importId: string,
): Promise<RevertResult[]> {
  widen(ctx);
  const created = rows.filter(({ state }) => state === "created");
  const updated = rows.filter(({ state, before }) => state === "updated" && before !== null);
  const held = await entity.held(
    ctx,
    created.map(({ recordId }) => recordId),
    direction,
  );
  const free = created.filter(({ recordId }) => !held.has(recordId));
  const records = free.map(({ recordId: id, version, before }) => ({ id, version, before }));
  const move =
    entity.move ?? ((at: Context, all: readonly MovedRecord[]) => moveImported(at, entity.table, all, direction));
  const moved = new Map((await move(ctx, records, direction)).map((record) => [record.id, record]));
  const swapped = await swap(ctx, entity, updated, direction);
  await entity.announce(ctx, { moved: [...moved.keys()], swapped: [...swapped.keys()] }, direction, importId);
  const done = new Map<string, MovedRecord>([...moved, ...swapped]);
  const missed = rows.filter(({ recordId }) => !done.has(recordId) && !held.has(recordId));
  const now = await readVersions(
    ctx,
    entity.table,
    missed.map(({ recordId }) => recordId),
  );
  return rows.map((row) => {
    const record = done.get(row.recordId);
    if (record !== undefined) return { row: row.row, version: record.version, before: record.before ?? null };
    // Its values were like that before: there is nothing to exchange.
    if (row.state === "updated" && row.before === null) return { row: row.row, version: row.version, before: null };
    return { row: row.row, refusal: held.get(row.recordId) ?? whyNot(row, now.get(row.recordId), direction) };
  });
}

async function swap(
  ctx: Context,
  { table, swapParts }: Reverting,
  rows: readonly WrittenRow[],
  direction: Direction,
): Promise<ReadonlyMap<string, MovedRecord>> {
  const values = await swapValues(
    ctx,
    table,
    rows.map(({ recordId: id, version, before }) => ({
      id,
      version,
      values: columnsOf(table, before),
      isTouched: true,
    })),
  );
  const swapped = new Map(values.map((record) => [record.id, record]));
  if (swapParts === undefined) return swapped;
  const parts = await swapParts(
    ctx,
    rows.filter(({ recordId }) => swapped.has(recordId)),
    direction,
  );
  return new Map(
    values.map((record) => [record.id, { ...record, before: { ...record.before, ...parts.get(record.id) } }]),
  );
}

function columnsOf({ columns }: ImportedTable, before: Replaced | null): Record<string, unknown> {
  return Object.fromEntries(Object.entries(before ?? {}).filter(([column]) => columns.includes(column)));
}

function whyNot(
  { version }: WrittenRow,
  now: { readonly version: number; readonly isLive: boolean } | undefined,
  direction: Direction,
): WhyNot {
  if (now === undefined) return { code: "gone", message: "It is not there any more" };
  if (now.version !== version) return { code: "changed_since", message: "Somebody has changed it since" };
  if (direction === "undo") return { code: "closed_since", message: "It was closed or deleted since" };
  return { code: "key_taken", message: "Another record has its key by now" };
}

/** Says of a chunk what was moved and what got former values back, as one event each. */
export function announceReverted(noun: "customers" | "contacts" | "interactions"): Reverting["announce"] {
  return (ctx, { moved, swapped }, direction, importId) => {
    const about = (ids: readonly string[]) => ({ recordId: null, facts: { importId, ids: [...ids] } });
    if (direction === "redo") {
      if (moved.length + swapped.length > 0) ctx.emit({ type: `${noun}.imported`, ...about([...moved, ...swapped]) });
      return;
    }
    if (moved.length > 0) ctx.emit({ type: `${noun}.removed`, ...about(moved) });
    if (swapped.length > 0) ctx.emit({ type: `${noun}.reverted`, ...about(swapped) });
  };
}
