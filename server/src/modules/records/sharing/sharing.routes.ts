import * as contracts from "@rainmaker/contracts/records/sharing";
import { serve, serveRead, type Http } from "#platform/http";
import { changeSharing, shareRecord, stopSharing } from "./share-record.command.ts";
import { getCollaborator, readAccess } from "./sharing.query.ts";

export function sharingRoutes(http: Http): void {
  serveRead(http, contracts.readRecordAccess, "snapshot", (ctx, _, query) => readAccess(ctx, query));
  serve(http, contracts.addCollaborator, async (ctx, _, body) => getCollaborator(ctx, await shareRecord(ctx, body)));
  serve(http, contracts.updateCollaborator, async (ctx, { collaboratorId }, body, asked) => {
    await changeSharing(ctx, collaboratorId, body, asked);
    return getCollaborator(ctx, collaboratorId);
  });
  serve(http, contracts.removeCollaborator, (ctx, { collaboratorId }, _, asked) =>
    stopSharing(ctx, collaboratorId, asked),
  );
}
