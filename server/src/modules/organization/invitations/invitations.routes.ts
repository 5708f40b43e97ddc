import * as contracts from "@rainmaker/contracts/organization/members";
import { serve, servePublic, serveRead, type Http } from "#platform/http";
import type { SessionKeys } from "../sessions/issue-session.command.ts";
import { withCookie } from "../sessions/sessions.routes.ts";
import { acceptInvitation, readInvitation } from "./accept-invitation.command.ts";
import { linksOf, listInvitations } from "./invitations.query.ts";
import { inviteMembers, renewInvitation, revokeInvitation } from "./invite-members.command.ts";

export function invitationRoutes(keys: SessionKeys): (http: Http) => void {
  return (http) => {
    const publicUrl = http.config.PUBLIC_URL;
    serveRead(http, contracts.listInvitations, "statement", (ctx, _, query) => listInvitations(ctx, query));
    serve(http, contracts.inviteMembers, async (ctx, _, body) => ({
      items: await linksOf(ctx, publicUrl, await inviteMembers(ctx, body)),
    }));
    serve(http, contracts.renewInvitation, async (ctx, { invitationId }) => {
      const [link] = await linksOf(ctx, publicUrl, [await renewInvitation(ctx, invitationId)]);
      if (link === undefined) throw new Error("the renewed invitation is gone");
      return link;
    });
    serve(http, contracts.revokeInvitation, (ctx, { invitationId }) => revokeInvitation(ctx, invitationId));
    servePublic(http, contracts.readInvitation, (outside, { token }) => readInvitation(outside, token));
    servePublic(http, contracts.acceptInvitation, async (outside, _, body) =>
      withCookie(http, outside, await acceptInvitation(outside, keys, body)),
    );
  };
}
