import * as contracts from "@rainmaker/contracts/organization/members";
import { serve, serveRead, type Http } from "#platform/http";
import { getMember, listMembers } from "./members.query.ts";
import { updateMember } from "./update-member.command.ts";

export function memberRoutes(http: Http): void {
  serveRead(http, contracts.listMembers, "statement", (ctx, _, query) => listMembers(ctx, query));
  serveRead(http, contracts.getMember, "statement", (ctx, { memberId }) => getMember(ctx, memberId));
  serve(http, contracts.updateMember, async (ctx, { memberId }, body, asked) => {
    await updateMember(ctx, memberId, body, asked);
    return getMember(ctx, memberId);
  });
}
