import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { listLegalEntities as contract, LegalEntity as Wire } from "@rainmaker/contracts/revenue/invoices";
import type { RevenueContext } from "../revenue.context.ts";
import { percentOf } from "./invoice-lines.ts";
import { toLegalEntity, type LegalEntity } from "./legal-entities.store.ts";

/** The default one first, then by name. */
export async function listEntities(ctx: RevenueContext): Promise<ReplyInput<typeof contract>> {
  const rows = await ctx.tx
    .selectFrom("legal_entity")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .orderBy("is_default", "desc")
    .orderBy("name")
    .limit(200)
    .execute();
  return { items: rows.map((row) => entityReply(toLegalEntity(row))) };
}

export function entityReply({ id, taxRate, ...entity }: LegalEntity): Wire {
  return { ...entity, id: id as Wire["id"], taxPercent: percentOf(taxRate) };
}
