import type { Freshness } from "@rainmaker/contracts/sales/freshness";
import { closingSoonDays, type OpportunityView } from "@rainmaker/contracts/sales/opportunities";
import { addDays, dayIn } from "@rainmaker/contracts/time";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { warningPercent } from "./freshness.ts";

/** Whether a row is open and belongs to a view. @param row the opportunity's alias in the query */
export function inView(ctx: Context, view: OpportunityView, row: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from stage s where s.organization_id = ${sql.ref(`${row}.organization_id`)}
    and s.id = ${sql.ref(`${row}.stage_id`)} and s.kind = 'open' and ${viewCondition(ctx, view, row)})`;
}

/** The same for a query that has joined the open stage s. */
export function viewCondition(ctx: Context, view: OpportunityView, row: string): RawBuilder<SqlBool> {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const closesOn = sql.ref(`${row}.expected_close_on`);
  switch (view) {
    case "at-risk":
      // Whole days, as the card counts them: a norm of nine days is passed on the tenth.
      return sql<SqlBool>`(${closesOn} < ${today}::date
        or ${sql.ref(`${row}.stage_since`)} <= ${ctx.now}::timestamptz - (s.norm_days + 1) * interval '24 hours'
        or ${freshnessCondition(ctx, "rotten", row)})`;
    case "closing-soon":
      return sql<SqlBool>`${closesOn} <= ${addDays(today, closingSoonDays)}::date`;
    case "no-next-step":
      return sql<SqlBool>`coalesce(${sql.ref(`${row}.next_step`)}, '') = ''`;
  }
}

/** Whether a row is open and so fresh, by the rule of freshness.ts. @param row the opportunity's alias in the query */
export function isSoFresh(ctx: Context, state: Freshness["state"], row: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from stage s where s.organization_id = ${sql.ref(`${row}.organization_id`)}
    and s.id = ${sql.ref(`${row}.stage_id`)} and s.kind = 'open' and s.rotting_days is not null and ${freshnessCondition(ctx, state, row)})`;
}

/** The same for a query that has joined the open stage s; null where that has no limit. */
function freshnessCondition(ctx: Context, state: Freshness["state"], row: string): RawBuilder<SqlBool> {
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const isPlanned = sql`coalesce(greatest(${sql.ref(`${row}.next_step_on`)}, ${sql.ref(`${row}.follow_up_on`)}) >= ${today}::date, false)`;
  const isPast = (hours: RawBuilder<unknown>) =>
    sql`${sql.ref(`${row}.quiet_since`)} <= ${ctx.now}::timestamptz - ${hours} * interval '1 hour'`;
  const isRotten = sql`(not ${isPlanned} and ${isPast(sql`(s.rotting_days + 1) * 24`)})`;
  const isWarned = sql`(not ${isPlanned} and ${isPast(sql`s.rotting_days * 24 * ${warningPercent}::integer / 100.0`)})`;
  switch (state) {
    case "rotten":
      return sql<SqlBool>`${isRotten}`;
    case "warning":
      return sql<SqlBool>`(${isWarned} and not ${isRotten})`;
    case "fresh":
      return sql<SqlBool>`not ${isWarned}`;
  }
}

/** Whether the owner of a row is in a team or in one below it. @param row alias of a table with owner_id */
export function ownedInTeam(ctx: Context, teamId: string, row: string): RawBuilder<SqlBool> {
  const { organizationId } = ctx.actor;
  return sql<SqlBool>`${sql.ref(`${row}.owner_id`)} in (
    with recursive branch as (
      select t.id from organization.team_ref t where t.organization_id = ${organizationId} and t.id = ${teamId}
      union select t.id from organization.team_ref t join branch b on t.parent_id = b.id where t.organization_id = ${organizationId}
    )
    select m.id from organization.member_ref m join branch b on m.team_id = b.id where m.organization_id = ${organizationId})`;
}
