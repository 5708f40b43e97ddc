import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { withinReachOrGranted } from "#platform/scope";
import type { SalesContext } from "../sales.context.ts";
import { totalOf, type Line } from "./line-items.ts";
import type { ContactRole, Opportunity } from "./opportunity.ts";

export async function listLines(ctx: SalesContext, opportunityId: string): Promise<Line[]> {
  const rows = await ctx.tx
    .selectFrom("opportunity_line")
    .select(["product_id", "description", "quantity_thousandths", "unit_price_minor", "discount_bp"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("opportunity_id", "=", opportunityId)
    .orderBy("position")
    .execute();
  return rows.map((row) => ({
    productId: row.product_id,
    description: row.description,
    quantityThousandths: row.quantity_thousandths,
    unitPriceMinor: row.unit_price_minor,
    discountBp: row.discount_bp,
  }));
}

export async function replaceLines(ctx: SalesContext, opportunity: Opportunity, lines: readonly Line[]): Promise<void> {
  const { organizationId } = ctx.actor;
  await ctx.tx
    .deleteFrom("opportunity_line")
    .where("organization_id", "=", organizationId)
    .where("opportunity_id", "=", opportunity.id)
    .execute();
  if (lines.length === 0) return;
  await ctx.tx
    .insertInto("opportunity_line")
    .values(
      lines.map((line, position) => ({
        organization_id: organizationId,
        id: uuidv7(),
        opportunity_id: opportunity.id,
        owner_id: opportunity.ownerId,
        product_id: line.productId,
        position,
        description: line.description,
        quantity_thousandths: line.quantityThousandths,
        unit_price_minor: line.unitPriceMinor,
        currency: line.unitPriceMinor === null ? null : opportunity.currency,
        discount_bp: line.discountBp,
        total_minor: totalOf(line),
      })),
    )
    .execute();
}

export type Participant = { readonly contactId: string; readonly role: ContactRole | null };

/** Who takes part, and whether the actor sees them. */
export async function listParticipants(
  ctx: SalesContext,
  opportunityId: string,
): Promise<(Participant & { readonly inSight: boolean })[]> {
  const { rows } = await sql<Participant & { inSight: boolean }>`
    select l.contact_id as "contactId", l.role, c.id is not null as "inSight" from opportunity_contact l
    left join contact c on c.organization_id = l.organization_id and c.id = l.contact_id and c.deleted_at is null
      and ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}
    where l.organization_id = ${ctx.actor.organizationId} and l.opportunity_id = ${opportunityId} order by l.position`.execute(
    ctx.tx,
  );
  return rows;
}

export async function replaceParticipants(
  ctx: SalesContext,
  opportunity: Opportunity,
  participants: readonly Participant[],
): Promise<void> {
  const { organizationId } = ctx.actor;
  await ctx.tx
    .deleteFrom("opportunity_contact")
    .where("organization_id", "=", organizationId)
    .where("opportunity_id", "=", opportunity.id)
    .execute();
  if (participants.length === 0) return;
  await ctx.tx
    .insertInto("opportunity_contact")
    .values(
      participants.map(({ contactId, role }, position) => ({
        organization_id: organizationId,
        opportunity_id: opportunity.id,
        contact_id: contactId,
        owner_id: opportunity.ownerId,
        role,
        position,
      })),
    )
    .execute();
}
