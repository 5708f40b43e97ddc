import { refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach, widen } from "#platform/scope";
import type { SalesContext } from "../sales.context.ts";
import type { Interaction } from "./interaction.ts";
import { getInteraction } from "./interactions.query.ts";
import { lockInteraction, markInteraction } from "./interactions.store.ts";
import { announced, refuseTakenExternalId, said } from "./log-interaction.command.ts";

export async function deleteInteraction(
  ctx: SalesContext,
  interactionId: string,
  { seenVersion }: Asked,
): Promise<void> {
  const interaction = await lockInteraction(ctx, interactionId);
  await requireDeletable(ctx, interaction);
  await refuseStale(interaction, seenVersion, () => getInteraction(ctx, interactionId));
  widen(ctx);
  const version = interaction.version + 1;
  await markInteraction(ctx, interactionId, "deleted", version);
  ctx.emit({ type: "interaction.deleted", ...announced({ ...interaction, version }), facts: said(interaction) });
}

export async function restoreInteraction(ctx: SalesContext, interactionId: string): Promise<void> {
  const interaction = await lockInteraction(ctx, interactionId, "deleted");
  await requireDeletable(ctx, interaction);
  widen(ctx);
  await refuseTakenExternalId(ctx, interaction.externalId);
  const version = interaction.version + 1;
  await markInteraction(ctx, interactionId, "live", version);
  ctx.emit({ type: "interaction.restored", ...announced({ ...interaction, version }), facts: said(interaction) });
}

/** Its author may always, and whose records it stands on. @throws Refusal 403 */
async function requireDeletable(ctx: SalesContext, { authorId, ownerId }: Interaction): Promise<void> {
  if (authorId !== ctx.actor.memberId) await requireReach(ctx, "interaction.delete", ownerId);
}
