import type { MemberRef } from "@rainmaker/contracts/member-ref";
import type { ShareableEntity } from "@rainmaker/contracts/records/sharing";
import { sql } from "kysely";
import { reachFor, requirePermission, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import type { Provided } from "#platform/port";
import { ownedInSight, withinReachOrGranted } from "#platform/scope";
import { numberOf, type RecordDefinition } from "../lists/record.ts";

type Shareable = RecordDefinition & { readonly name: ShareableEntity };

const shareables = new Map<ShareableEntity, Shareable>();

/** An entity whose records can be shared one by one, listed in the `provides` of its module. */
export function provideSharing(record: Shareable): Provided {
  return {
    connect: () => void shareables.set(record.name, record),
    disconnect: () => void shareables.delete(record.name),
  };
}

export type SharedRecord = {
  readonly entity: ShareableEntity;
  readonly id: string;
  /** Its human number, for the log. */
  readonly label: string;
  readonly owner: MemberRef | null;
  /** Through which reach of `visible_owner` the viewer sees the owner, the nearest; null where through none. */
  readonly ownerReach: "own" | "team" | "tree" | null;
  /** Whether the viewer may change whatever this owner has. */
  readonly mayShare: boolean;
};

type Row = {
  number: bigint;
  owner: MemberRef | null;
  own: boolean;
  team: boolean;
  tree: boolean;
  editable: boolean;
};

/** A record the viewer sees. @throws Refusal 404 */
export async function getShared(ctx: Context, entity: ShareableEntity, id: string): Promise<SharedRecord> {
  requirePermission(ctx.actor, `${entity}.read`);
  const record = shareables.get(entity);
  if (record === undefined) throw new RangeError(`${entity} cannot be shared`);
  const owner = sql.ref("r.owner_id");
  const edit = reachFor(ctx.actor, `${entity}.edit`);
  const editable = edit === "all" ? sql`true` : edit === null ? sql`false` : ownedInSight(ctx, edit, owner);
  const { rows } = await sql<Row>`
    select r.number, case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end as owner,
      coalesce(${editable}, false) as editable, coalesce(${ownedInSight(ctx, "own", owner)}, false) as own,
      coalesce(${ownedInSight(ctx, "team", owner)}, false) as team, coalesce(${ownedInSight(ctx, "tree", owner)}, false) as tree
    from ${sql.table(record.table)} r
    left join organization.member_ref m on m.organization_id = r.organization_id and m.id = r.owner_id
    where r.organization_id = ${ctx.actor.organizationId} and r.id = ${id} and r.deleted_at is null
      and ${withinReachOrGranted(ctx, entity, sql.ref("r.id"), owner)}`.execute(ctx.tx);
  const [row] = rows;
  if (row === undefined) throw notFound(entity);
  const label = numberOf(record, row.number);
  return { entity, id, label, owner: row.owner, ownerReach: nearestOf(row), mayShare: row.editable };
}

function nearestOf({ own, team, tree }: Row): SharedRecord["ownerReach"] {
  if (own) return "own";
  if (team) return "team";
  return tree ? "tree" : null;
}
