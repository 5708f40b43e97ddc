import type { BulkAction } from "@rainmaker/contracts/records/bulk";
import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { requireOwner } from "#modules/organization";
import type { Context } from "#platform/context";
import { notFound, Refusal } from "#platform/errors";
import { visibleMembers, widen } from "#platform/scope";
import { tagsAfter, type BulkTarget, type PlainBulk, type PlainField } from "./bulk-target.ts";
import type { BulkRow, RowOutcome } from "./bulk-changes.store.ts";
import { lockPlainRows, markPlainRows, writePlainRows, type PlainRow } from "./plain-rows.store.ts";

/** What became of the rows of a chunk; those that are left need the command of one. */
export type PlainOutcome = { readonly outcomes: readonly RowOutcome[]; readonly left: readonly BulkRow[] };

type Target = BulkTarget<Context>;
type Job = { readonly target: Target; readonly plain: PlainBulk<Context>; readonly action: BulkAction };
type Judged = { readonly row: BulkRow; readonly was: PlainRow; readonly next: unknown };

/**
 * Changes the records of a chunk with a few statements for all of them, each checked as if it were the only one.
 * @returns null where the target has no such way for the action
 */
export async function changePlainRows(
  ctx: Context,
  target: Target,
  action: BulkAction,
  rows: readonly BulkRow[],
): Promise<PlainOutcome | null> {
  const { plain } = target;
  if (plain === undefined) return null;
  const field = fieldOf(plain, action);
  if (action.kind !== "delete" && field === null) return null;
  const job = { target, plain, action };
  const { outcomes, left, judged } = await judge(ctx, job, field, rows, (was) => nextOf(action, was));
  const refused = await refusedByRule(ctx, job, judged);
  const changed = judged.filter(({ was }) => !refused.has(was.id));
  await write(ctx, job, field, changed);
  return {
    left,
    outcomes: [
      ...outcomes,
      ...judged.flatMap(({ row, was }) => refusedOutcome(row, refused.get(was.id), "refused") ?? []),
      ...changed.map(({ row, was }) => changedOutcome(row, was, action)),
    ],
  };
}

/** Puts records back as they were; what somebody changed since stays. */
export async function revertPlainRows(
  ctx: Context,
  target: Target,
  action: BulkAction,
  rows: readonly BulkRow[],
): Promise<PlainOutcome | null> {
  const { plain } = target;
  if (plain === undefined || action.kind === "delete") return null;
  const field = fieldOf(plain, action);
  if (field === null) return null;
  const job = { target, plain, action };
  const before = new Map(rows.map(({ recordId, applied }) => [recordId, applied?.before[fieldName(action)] ?? null]));
  const { outcomes, left, judged } = await judge(ctx, job, field, rows, ({ id }) => before.get(id), "kept");
  const refused = await refusedOwners(ctx, job, judged);
  const restored = judged.filter(({ was }) => !refused.has(was.id));
  await write(ctx, job, field, restored);
  return {
    left,
    outcomes: [
      ...outcomes,
      ...judged.flatMap(({ row, was }) => refusedOutcome(row, refused.get(was.id), "kept") ?? []),
      ...restored.map(({ row }): RowOutcome => ({ row: row.row, state: "restored" })),
    ],
  };
}

function fieldName(action: BulkAction): string {
  return action.kind === "set" ? action.field : "tags";
}

function fieldOf({ fields }: PlainBulk<Context>, action: BulkAction): PlainField | null {
  const name = fieldName(action);
  return action.kind !== "delete" && Object.hasOwn(fields, name) ? (fields[name] ?? null) : null;
}

function nextOf(action: BulkAction, { value }: PlainRow): unknown {
  if (action.kind === "delete") return null;
  if (action.kind === "set") return action.value === "" ? null : action.value;
  return tagsAfter(value as string[], action);
}

type Verdict = { readonly outcomes: RowOutcome[]; readonly left: BulkRow[]; readonly judged: Judged[] };

/** Locks the rows and says of each whether it is there, may be changed by this person, and would change. */
async function judge(
  ctx: Context,
  { target, plain, action }: Job,
  field: PlainField | null,
  rows: readonly BulkRow[],
  next: (was: PlainRow) => unknown,
  refusedState: "refused" | "kept" = "refused",
): Promise<Verdict> {
  const { record } = plain;
  const ids = rows.map(({ recordId }) => recordId);
  const asked = { field, specialWhen: plain.specialWhen, state: "live" } as const;
  const known = await lockPlainRows(ctx, record, ids, asked);
  const within = await reachOf(ctx, target, action);
  const verdict: Verdict = { outcomes: [], left: [], judged: [] };
  for (const row of rows) {
    const was = known.get(row.recordId);
    const refusal = staleness(was, row);
    // Beyond the reach a record can be shared with this person: its command knows.
    if (was !== undefined && (was.isSpecial || !within(was))) verdict.left.push(row);
    else if (was === undefined || refusal !== null) {
      verdict.outcomes.push(refusedOutcome(row, refusal ?? notFound(record.name), refusedState) as RowOutcome);
    } else if (action.kind !== "delete" && JSON.stringify(next(was)) === JSON.stringify(was.value)) {
      verdict.outcomes.push({ row: row.row, state: refusedState === "kept" ? "restored" : "unchanged" });
    } else verdict.judged.push({ row, was, next: next(was) });
  }
  return verdict;
}

/** Whether a record is within the reach of every permission that the action needs. */
async function reachOf(ctx: Context, { entity }: Target, action: BulkAction): Promise<(was: PlainRow) => boolean> {
  const needed: Permission[] = action.kind === "delete" ? [`${entity}.delete`] : [`${entity}.edit`];
  if (fieldName(action) === "ownerId") needed.push(`${entity}.assign`);
  const reaches = await Promise.all(needed.map((permission) => visibleMembers(ctx, permission)));
  return ({ ownerId }) => reaches.every((reach) => reach === "all" || (ownerId !== null && reach.has(ownerId)));
}

function staleness(was: PlainRow | undefined, { seenVersion, applied }: BulkRow): Refusal | null {
  const seen = applied?.version ?? seenVersion;
  if (was === undefined || seen === null || was.version === seen) return null;
  return new Refusal("stale", "stale_version", "Somebody has changed it meanwhile");
}

async function refusedByRule(ctx: Context, job: Job, judged: readonly Judged[]): Promise<ReadonlyMap<string, Refusal>> {
  const { plain, action } = job;
  if (action.kind === "delete") {
    return (
      plain.refuseDelete?.(
        ctx,
        judged.map(({ was }) => was.id),
      ) ?? new Map<string, Refusal>()
    );
  }
  const refusal = plain.refuse?.(ctx, fieldName(action), action.kind === "set" ? action.value : null) ?? null;
  if (refusal !== null) return new Map(judged.map(({ was }) => [was.id, refusal]));
  return refusedOwners(ctx, job, judged);
}

/** Whom rows may not be handed to: each new owner is asked about once. */
async function refusedOwners(
  ctx: Context,
  { target, action }: Job,
  judged: readonly Judged[],
): Promise<ReadonlyMap<string, Refusal>> {
  const refused = new Map<string, Refusal>();
  if (fieldName(action) !== "ownerId") return refused;
  for (const [ownerId, rows] of Map.groupBy(judged, ({ next }) => next as string | null)) {
    try {
      if (ownerId !== null) await requireOwner(ctx, `${target.entity}.assign`, ownerId);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      for (const { was } of rows) refused.set(was.id, error);
    }
  }
  return refused;
}

async function write(ctx: Context, job: Job, field: PlainField | null, rows: readonly Judged[]): Promise<void> {
  const { plain, action } = job;
  widen(ctx);
  const ids = rows.map(({ was }) => was.id);
  if (ids.length === 0) return;
  if (field === null) {
    await markPlainRows(ctx, plain.record, ids, "deleted");
    await plain.afterDelete?.(ctx, ids);
    return;
  }
  await writePlainRows(
    ctx,
    plain.record,
    field,
    rows.map(({ was, next }) => ({ id: was.id, value: next })),
  );
  if (fieldName(action) !== "ownerId") return;
  for (const [ownerId, own] of Map.groupBy(rows, ({ next }) => next as string | null)) {
    await plain.afterOwner(
      ctx,
      own.map(({ was }) => was.id),
      ownerId,
    );
  }
}

function refusedOutcome(row: BulkRow, refusal: Refusal | undefined, state: "refused" | "kept"): RowOutcome | null {
  return refusal === undefined ? null : { row: row.row, state, code: refusal.code, message: refusal.message };
}

function changedOutcome({ row }: BulkRow, was: PlainRow, action: BulkAction): RowOutcome {
  const before = action.kind === "delete" ? {} : { [fieldName(action)]: was.value };
  return { row, state: "changed", applied: { before, version: was.version + 1 } };
}
