import type { ShareableEntity } from "@rainmaker/contracts/records/sharing";
import { sql } from "kysely";
import { notFound } from "#platform/errors";
import type { RecordsContext } from "../records.context.ts";

/** A member whom a record was shared with. */
export type Collaborator = {
  readonly id: string;
  readonly entity: ShareableEntity;
  readonly recordId: string;
  readonly memberId: string;
  readonly access: "view" | "edit";
  /** The last calendar day of it. */
  readonly until: string | null;
  readonly grantedBy: string;
  readonly version: number;
};

/** @returns false where the record is shared with this member already */
export async function insertCollaborator(ctx: RecordsContext, made: Collaborator): Promise<boolean> {
  const { rows } = await sql`
    insert into collaborator (organization_id, id, entity, record_id, member_id, access, expires_at, granted_by, created_at, version)
    values (${ctx.actor.organizationId}, ${made.id}, ${made.entity}, ${made.recordId}, ${made.memberId}, ${made.access},
      (${made.until}::date + 1)::timestamp at time zone ${ctx.organization.timeZone}, ${made.grantedBy}, ${ctx.now.toISOString()}, ${made.version})
    on conflict (organization_id, entity, record_id, member_id) do nothing returning id`.execute(ctx.tx);
  return rows.length > 0;
}

/** @throws Refusal 404 */
export async function lockCollaborator(ctx: RecordsContext, collaboratorId: string): Promise<Collaborator> {
  const { rows } = await sql<Collaborator>`
    select c.id, c.entity, c.record_id as "recordId", c.member_id as "memberId", c.access, c.granted_by as "grantedBy", c.version,
      ((c.expires_at at time zone ${ctx.organization.timeZone}) - interval '1 day')::date as until
    from collaborator c where c.organization_id = ${ctx.actor.organizationId} and c.id = ${collaboratorId} for update`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) throw notFound("collaborator");
  return row;
}

export async function saveCollaborator(
  ctx: RecordsContext,
  { id, access, until, version }: Collaborator,
): Promise<void> {
  await sql`update collaborator set access = ${access}, version = ${version},
      expires_at = (${until}::date + 1)::timestamp at time zone ${ctx.organization.timeZone}
    where organization_id = ${ctx.actor.organizationId} and id = ${id}`.execute(ctx.tx);
}

export async function deleteCollaborator(ctx: RecordsContext, collaboratorId: string): Promise<void> {
  await ctx.tx
    .deleteFrom("collaborator")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", collaboratorId)
    .execute();
}
