import type { SalesContext } from "../sales.context.ts";

export type Pin = {
  readonly entity: "customer" | "contact" | "opportunity";
  readonly recordId: string;
  readonly entryId: string;
};

export async function insertPin(
  ctx: SalesContext,
  { entity, recordId, entryId }: Pin,
  memberId: string,
): Promise<void> {
  await ctx.tx
    .insertInto("timeline_pin")
    .values({
      organization_id: ctx.actor.organizationId,
      entity,
      record_id: recordId,
      entry_id: entryId,
      pinned_at: ctx.now.toISOString(),
      pinned_by: memberId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deletePin(ctx: SalesContext, { entity, recordId, entryId }: Pin): Promise<void> {
  await ctx.tx
    .deleteFrom("timeline_pin")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("entity", "=", entity)
    .where("record_id", "=", recordId)
    .where("entry_id", "=", entryId)
    .execute();
}

export async function countPins(ctx: SalesContext, { entity, recordId }: Pin): Promise<number> {
  const { count } = await ctx.tx
    .selectFrom("timeline_pin")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("entity", "=", entity)
    .where("record_id", "=", recordId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
