import type { SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import { sql, type RawBuilder, type SqlBool } from "kysely";
import type { Context } from "#platform/context";
import { withinPermission } from "#platform/scope";
import type { CreditFilters } from "./credits.ts";
import type { Range } from "#platform/range";

/**
 * Credits with what they were for. Payments out of the viewer's reach add up without a name: the policy of the joined
 * view leaves them out. The team is the one the member was in on the day (specification 2.12).
 */
export const creditsWithSales = sql`revenue.credit_ref c
  left join revenue.sale_ref s on s.organization_id = c.organization_id and s.payment_id = c.payment_id
  left join lateral (select ms.team_id from organization.membership_ref ms where ms.organization_id = c.organization_id
    and ms.member_id = c.owner_id and ms.during @> c.value_on limit 1) team on true`;

/** The column a grouping goes by. */
export const groupKey: Readonly<Record<SalesGrouping, RawBuilder<string | null>>> = {
  month: sql`to_char(c.value_on, 'YYYY-MM')`,
  member: sql`c.owner_id::text`,
  team: sql`team.team_id::text`,
  customer: sql`s.customer_id::text`,
  method: sql`s.method`,
};

export type Asked = { readonly range: Range; readonly currency: string; readonly filters: CreditFilters };

/** What every figure and its rows have in common, so that they cannot disagree. */
export function creditsAsked(ctx: Context, { range, currency, filters }: Asked): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [
    sql`c.organization_id = ${ctx.actor.organizationId}`,
    sql`c.currency = ${currency}`,
    sql`c.value_on between ${range.from}::date and ${range.to}::date`,
    withinPermission(ctx, "analytics.read", sql.ref("c.owner_id")),
  ];
  if (filters.memberId !== undefined) conditions.push(sql`c.owner_id = ${filters.memberId}`);
  if (filters.teamId !== undefined) conditions.push(sql`team.team_id = ${filters.teamId}`);
  if (filters.customerId !== undefined) conditions.push(sql`s.customer_id = ${filters.customerId}`);
  if (filters.method !== undefined) conditions.push(sql`s.method = ${filters.method}`);
  return sql.join(conditions, sql` and `);
}
