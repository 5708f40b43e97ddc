import { sql } from "kysely";
import type { OrganizationContext } from "../organization.context.ts";

/**
 * One writer of members, teams and roles at a time: two changes at once would each judge and compute from half of the
 * other. Held until commit.
 */
export async function lockStructure(ctx: OrganizationContext): Promise<void> {
  await sql`select from organization where id = ${ctx.actor.organizationId} for update`.execute(ctx.tx);
}

/**
 * Rewrites whose records each member sees at each reach, from teams and leaders as they are now; only what differs is
 * written. "team" is everybody in the own team and in the teams one leads, "tree" adds the teams below those.
 * Called in the transaction of every change of a member, team or leader.
 */
export async function rewriteVisibleOwners(ctx: OrganizationContext): Promise<void> {
  const organization = sql.val(ctx.actor.organizationId);
  await lockStructure(ctx);
  await sql`
    with recursive below as (
      select id as root_id, id as team_id from team where organization_id = ${organization}
      union
      select below.root_id, team.id from below join team on team.organization_id = ${organization} and team.parent_id = below.team_id
    ), person as (
      select team_id, id as member_id from member where organization_id = ${organization} and team_id is not null
      union
      select id, leader_id from team where organization_id = ${organization} and leader_id is not null
    ), wanted as (
      select m.id as member_id, r.reach, m.id as owner_id from member m cross join (values ('own'), ('team'), ('tree')) as r(reach)
        where m.organization_id = ${organization}
      union
      select mine.member_id, 'team', other.member_id from person mine join person other on other.team_id = mine.team_id
      union
      select mine.member_id, 'tree', other.member_id from person mine
        join below on below.root_id = mine.team_id join person other on other.team_id = below.team_id
    ), gone as (
      delete from visible_owner v where v.organization_id = ${organization}
        and not exists (select from wanted w where w.member_id = v.member_id and w.reach = v.reach and w.owner_id = v.owner_id)
    )
    insert into visible_owner (organization_id, member_id, reach, owner_id)
    select ${organization}::uuid, member_id, reach, owner_id from wanted
    on conflict do nothing`.execute(ctx.tx);
}
