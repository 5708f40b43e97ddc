import type { MemberId } from "@rainmaker/contracts/ids";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";

/** A member and how many people's records they may see. @throws Refusal 422 where there is no such active member */
export async function readPerson(
  ctx: Context,
  memberId: string,
): Promise<{ id: MemberId; name: string; ownersInSight: number }> {
  const { rows } = await sql<{ id: MemberId; name: string; owners: number }>`
    select m.id, m.name::text as name, (select count(distinct v.owner_id)::int from visible_owner v
      where v.organization_id = m.organization_id and v.member_id = m.id) as owners
    from member m where m.organization_id = ${ctx.actor.organizationId} and m.id = ${memberId} and m.status = 'active'`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (row === undefined) throw invalidField("memberId", "member_unknown", "There is no such active member");
  return { id: row.id, name: row.name, ownersInSight: row.owners };
}
