import type { Permission, Reach, ScopedEntity } from "@rainmaker/contracts/organization/permissions";
import { sql, type Expression, type RawBuilder, type SqlBool } from "kysely";
import { reachFor, reachOf, type Actor, type Context } from "./context.ts";
import { Refusal } from "./errors.ts";

/** Anything that knows who is looking. */
type Looking = { readonly actor: Actor };

/**
 * The condition that keeps a query to what the viewer sees; the policy `scope` of the table means the same and is the
 * backstop. The planner finds the owner's index only by this one (architecture decision 5).
 * @param owner the owner column as the query names it, such as sql.ref("o.owner_id")
 */
export function withinReach(ctx: Looking, entity: ScopedEntity, owner: Expression<unknown>): RawBuilder<SqlBool> {
  return withinPermission(ctx, `${entity}.read`, owner);
}

/** The same for what is not a record of its own: figures about a member follow the reach of the permission to see them. */
export function withinPermission(
  ctx: Looking,
  permission: Permission,
  owner: Expression<unknown>,
): RawBuilder<SqlBool> {
  const reach = reachFor(ctx.actor, permission);
  if (reach === "all") return sql<SqlBool>`true`;
  if (reach === null) return sql<SqlBool>`false`;
  return ownedInSight(ctx, reach, owner);
}

/**
 * Up to this many owners are looked up one by one along the owner's index. Above it, rows are better read in the order
 * that is asked for, each checked against a hash of the owners: so many are in sight that a page is soon full.
 */
const fewOwners = 50;

/** Whether an owner is among those the actor sees at a reach, in the form that suits how many there are. */
export function ownedInSight(
  ctx: Looking,
  reach: Exclude<Reach, "all">,
  owner: Expression<unknown>,
): RawBuilder<SqlBool> {
  const within = sql<SqlBool>`${owner} in (${visibleOwners(ctx, reach)})`;
  // The planner does not know how many there are; an alternative beside the condition keeps it from making a join of it.
  return ctx.actor.ownersInSight > fewOwners ? sql<SqlBool>`((select false) or ${within})` : within;
}

/**
 * The same for single records of an entity that members can be granted sight of. For one record by id; lists walk the
 * two branches apart, each by its own index.
 */
export function withinReachOrGranted(
  ctx: Looking,
  entity: ScopedEntity,
  id: Expression<unknown>,
  owner: Expression<unknown>,
): RawBuilder<SqlBool> {
  const reach = reachOf(ctx.actor, entity);
  if (reach === "all" || reach === null) return withinReach(ctx, entity, owner);
  return sql<SqlBool>`(${withinReach(ctx, entity, owner)} or exists (select from record_grant g
    where g.organization_id = ${ctx.actor.organizationId} and g.entity = ${entity} and g.record_id = ${id}
      and g.member_id in (${visibleOwners(ctx, reach)})))`;
}

/** Members whose records the actor sees at a reach, as a subquery. */
export function visibleOwners(ctx: Looking, reach: Exclude<Reach, "all">): RawBuilder<unknown> {
  const { organizationId, memberId } = ctx.actor;
  return sql`select vo.owner_id from visible_owner vo where vo.organization_id = ${organizationId} and vo.member_id = ${memberId} and vo.reach = ${reach}`;
}

/** The members within the reach of a permission: for deciding about many rows at once. */
export async function visibleMembers<Tables>(
  ctx: Context<Tables>,
  permission: Permission,
): Promise<ReadonlySet<string> | "all"> {
  const reach = reachFor(ctx.actor, permission);
  if (reach === "all") return "all";
  if (reach === null) return new Set();
  const { rows } = await sql<{ owner_id: string }>`${visibleOwners(ctx, reach)}`.execute(ctx.tx);
  return new Set(rows.map((row) => row.owner_id));
}

/** Whether the whole of an entity is in sight, so that a query needs no condition and a total no owner. */
export function seesAll(ctx: Looking, entity: ScopedEntity): boolean {
  return reachOf(ctx.actor, entity) === "all";
}

/**
 * Refuses to act on a record that the actor sees but whose owner is beyond the reach of the permission.
 * @param shared the record, where somebody it was shared with for editing may do this as well
 * @throws Refusal 403
 */
export async function requireReach<Tables>(
  ctx: Context<Tables>,
  permission: Permission,
  ownerId: string | null,
  shared?: { readonly entity: ScopedEntity; readonly id: string },
): Promise<void> {
  const reach = reachFor(ctx.actor, permission);
  if (reach === "all") return;
  if (reach !== null && ownerId !== null && (await reaches(ctx, reach, ownerId))) return;
  if (reach !== null && shared !== undefined && (await mayEditShared(ctx, shared))) return;
  throw new Refusal(
    "forbidden",
    "beyond_reach",
    "You may see this, but not change it: it belongs to somebody outside your reach",
  );
}

async function mayEditShared<Tables>(
  ctx: Context<Tables>,
  { entity, id }: { readonly entity: ScopedEntity; readonly id: string },
): Promise<boolean> {
  const { organizationId, memberId } = ctx.actor;
  const { rows } =
    await sql`select from record_grant g where g.organization_id = ${organizationId} and g.entity = ${entity}
    and g.record_id = ${id} and g.member_id = ${memberId} and g.can_edit`.execute(ctx.tx);
  return rows.length > 0;
}

async function reaches<Tables>(ctx: Context<Tables>, reach: Exclude<Reach, "all">, ownerId: string): Promise<boolean> {
  if (ownerId === ctx.actor.memberId) return true;
  if (reach === "own") return false;
  const { rows } = await sql<{ seen: boolean }>`select ${ownerId} in (${visibleOwners(ctx, reach)}) as seen`.execute(
    ctx.tx,
  );
  return rows[0]?.seen === true;
}

/**
 * From here on the command sees the whole organization: duplicates, ranks, other people's accumulators, the new owner of
 * what is handed over. Called once, after the target was loaded at the actor's own reach and the action was checked.
 */
export function widen<Tables>(ctx: Context<Tables>): void {
  ctx.seeAll();
}
