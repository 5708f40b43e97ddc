import * as contracts from "@rainmaker/contracts/sales/interactions";
import { serve, serveRead, type Http } from "#platform/http";
import { getInteraction, listInteractions } from "./interactions.query.ts";
import { logInteraction, updateInteraction } from "./log-interaction.command.ts";
import { deleteInteraction, restoreInteraction } from "./trash-interaction.command.ts";

export function interactionRoutes(http: Http): void {
  serveRead(http, contracts.listInteractions, "statement", (ctx, _, query) => listInteractions(ctx, query));
  serveRead(http, contracts.getInteraction, "statement", (ctx, { interactionId }) =>
    getInteraction(ctx, interactionId),
  );
  serve(http, contracts.logInteraction, async (ctx, _, body) => {
    const { id, unseenBy } = await logInteraction(ctx, body);
    return { ...(await getInteraction(ctx, id)), unseenBy: [...unseenBy] };
  });
  serve(http, contracts.updateInteraction, async (ctx, { interactionId }, body, asked) => {
    const { unseenBy } = await updateInteraction(ctx, interactionId, body, asked);
    return { ...(await getInteraction(ctx, interactionId)), unseenBy: [...unseenBy] };
  });
  serve(http, contracts.deleteInteraction, (ctx, { interactionId }, _, asked) =>
    deleteInteraction(ctx, interactionId, asked),
  );
  serve(http, contracts.restoreInteraction, async (ctx, { interactionId }) => {
    await restoreInteraction(ctx, interactionId);
    return getInteraction(ctx, interactionId);
  });
}
