import type { MemberId, OrganizationId } from "@rainmaker/contracts/ids";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import { sql, type Kysely } from "kysely";
import type { Actor, OrganizationFacts } from "#platform/context";
import type { Database } from "#platform/db";
import { Refusal } from "#platform/errors";
import type { DB } from "#platform/schema";
import { customGrants } from "../roles/held-roles.query.ts";
import { grantsOf, type Grants } from "../roles/role.ts";

type OrganizationRow = {
  organization_name: string;
  currency: string;
  time_zone: string;
  workdays: number[];
  holidays: string[];
};
type MemberRow = OrganizationRow & {
  name: string;
  status: string;
  roles: Role[];
  custom_grants: Grants[];
  session_open: boolean;
  owners_in_sight: number;
};

/** Who a session belongs to, with the rights they have now; undefined where it has ended or the member was deactivated. */
export async function findSession(
  database: Database,
  organizationId: string,
  memberId: string,
  sessionId: string,
): Promise<{ actor: Actor; organization: OrganizationFacts } | undefined> {
  const row = await readMember(database, organizationId, memberId, sessionId);
  if (row === undefined || row.status !== "active" || !row.session_open) return undefined;
  return { actor: toActor(organizationId, memberId, sessionId, row), organization: toFacts(row) };
}

/** @throws Refusal actor_inactive where the member was deactivated since the job was asked for */
export async function getActor(database: Database, organizationId: string, memberId: string): Promise<Actor> {
  const row = await readMember(database, organizationId, memberId, null);
  if (row === undefined || row.status !== "active") {
    throw new Refusal("forbidden", "actor_inactive", "Whoever asked for this is no longer active in the organization");
  }
  return toActor(organizationId, memberId, null, row);
}

export async function getOrganizationFacts(database: Database, organizationId: string): Promise<OrganizationFacts> {
  const { rows } =
    await sql<OrganizationRow>`select name as organization_name, currency, time_zone, workdays, holidays::text[] as holidays
    from organization where id = ${organizationId}`.execute(sessionOf(database, organizationId));
  const [row] = rows;
  if (row === undefined) throw new Error(`organization ${organizationId} does not exist`);
  return toFacts(row);
}

async function readMember(
  database: Database,
  organizationId: string,
  memberId: string,
  sessionId: string | null,
): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`
    select m.name, m.status, array(select r.role from member_role r where r.organization_id = m.organization_id and r.member_id = m.id) as roles,
      ${customGrants("m")} as custom_grants,
      exists (select from session s where s.organization_id = m.organization_id and s.id = ${sessionId} and s.member_id = m.id and s.ended_at is null) as session_open,
      (select count(distinct v.owner_id)::int from visible_owner v where v.organization_id = m.organization_id and v.member_id = m.id) as owners_in_sight,
      o.name as organization_name, o.currency, o.time_zone, o.workdays, o.holidays::text[] as holidays
    from member m join organization o on o.id = m.organization_id
    where m.organization_id = ${organizationId} and m.id = ${memberId}`.execute(sessionOf(database, organizationId));
  return rows[0];
}

function sessionOf(database: Database, organizationId: string): Kysely<DB> {
  return database.session({ organizationId, memberId: null, reach: "" });
}

function toActor(
  organizationId: string,
  memberId: string,
  sessionId: string | null,
  { name, roles, custom_grants: customGrants, owners_in_sight: ownersInSight }: MemberRow,
): Actor {
  return {
    organizationId: organizationId as OrganizationId,
    memberId: memberId as MemberId,
    sessionId,
    name,
    roles,
    grants: grantsOf(roles, customGrants),
    ownersInSight,
  };
}

function toFacts(row: OrganizationRow): OrganizationFacts {
  return {
    name: row.organization_name,
    currency: row.currency,
    timeZone: row.time_zone,
    workdays: row.workdays,
    holidays: row.holidays,
  };
}
