import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { readRecordAccess, updateCollaborator } from "@rainmaker/contracts/records/sharing";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import { rolesGiving } from "#modules/organization";
import { reachOf, type Context } from "#platform/context";
import { notFound } from "#platform/errors";
import { visibleOwners } from "#platform/scope";
import { getShared, type SharedRecord } from "./shareables.query.ts";
import { reasonsFor, type SightGrant } from "./sight.ts";

type Reply = ReplyInput<typeof updateCollaborator>;

/** Why the viewer sees a record, and whom it is shared with. @throws Refusal 404 */
export async function readAccess(
  ctx: Context,
  { entity, recordId }: QueryOf<typeof readRecordAccess>,
): Promise<ReplyInput<typeof readRecordAccess>> {
  const record = await getShared(ctx, entity, recordId);
  const reach = reachOf(ctx.actor, entity) ?? "own";
  const { owner, ownerReach, mayShare } = record;
  const reasons = reasonsFor({
    reach,
    roles: await rolesGiving(ctx, `${entity}.read`),
    owner,
    ownerReach,
    grants: reach === "all" ? [] : await readGrants(ctx, record, reach),
  });
  const collaborators = await readCollaborators(ctx, sql<SqlBool>`c.entity = ${entity} and c.record_id = ${recordId}`);
  return { owner, reasons, collaborators, mayShare };
}

async function readGrants(
  ctx: Context,
  { entity, id }: SharedRecord,
  reach: Parameters<typeof visibleOwners>[1],
): Promise<SightGrant[]> {
  const { rows } = await sql<{ id: SightGrant["member"]["id"]; name: string; shared: boolean }>`
    select distinct g.member_id as id, m.name::text as name, c.id is not null as shared from record_grant g
    join organization.member_ref m on m.organization_id = g.organization_id and m.id = g.member_id
    left join collaborator c on c.organization_id = g.organization_id and c.id = g.source_id
    where g.organization_id = ${ctx.actor.organizationId} and g.entity = ${entity} and g.record_id = ${id}
      and g.member_id in (${visibleOwners(ctx, reach)}) order by 2, 1`.execute(ctx.tx);
  return rows.map(({ shared, ...member }) => ({ member, isShared: shared }));
}

/** @throws Refusal 404 */
export async function getCollaborator(ctx: Context, collaboratorId: string): Promise<Reply> {
  const [found] = await readCollaborators(ctx, sql<SqlBool>`c.id = ${collaboratorId}`);
  if (found === undefined) throw notFound("collaborator");
  return found;
}

type Row = {
  id: Reply["id"];
  member: Reply["member"];
  access: Reply["access"];
  until: string | null;
  expired: boolean;
  granted_by: Reply["grantedBy"];
  created_at: string;
  version: number;
};

async function readCollaborators(ctx: Context, which: RawBuilder<SqlBool>): Promise<Reply[]> {
  const { rows } = await sql<Row>`
    select c.id, json_build_object('id', m.id, 'name', m.name) as member, c.access, c.created_at, c.version,
      ((c.expires_at at time zone ${ctx.organization.timeZone}) - interval '1 day')::date as until,
      coalesce(c.expires_at <= ${ctx.now.toISOString()}::timestamptz, false) as expired,
      json_build_object('id', b.id, 'name', b.name) as granted_by
    from collaborator c
    join organization.member_ref m on m.organization_id = c.organization_id and m.id = c.member_id
    join organization.member_ref b on b.organization_id = c.organization_id and b.id = c.granted_by
    where c.organization_id = ${ctx.actor.organizationId} and ${which} order by m.name, c.id`.execute(ctx.tx);
  return rows.map(({ expired, granted_by: grantedBy, created_at: grantedAt, ...row }) => ({
    ...row,
    hasExpired: expired,
    grantedBy,
    grantedAt,
  }));
}
