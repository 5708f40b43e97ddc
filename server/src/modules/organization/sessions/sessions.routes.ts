import * as contracts from "@rainmaker/contracts/organization/sessions";
import { serve, servePublic, serveRead, type Http, type Outside } from "#platform/http";
import { registerOrganization } from "../organizations/register-organization.command.ts";
import { changePassword, signOut } from "./end-session.command.ts";
import { refreshSession, type Issued, type SessionKeys } from "./issue-session.command.ts";
import { refreshDays } from "./session.ts";
import { signIn } from "./sign-in.command.ts";
import { readUser } from "./users.query.ts";

export function sessionRoutes(keys: SessionKeys): (http: Http) => void {
  return (http) => {
    servePublic(http, contracts.registerOrganization, async (outside, _, body) =>
      withCookie(http, outside, await registerOrganization(outside, http.config, keys, body)),
    );
    servePublic(http, contracts.login, async (outside, _, body) =>
      withCookie(http, outside, await signIn(outside, keys, body)),
    );
    servePublic(http, contracts.refreshSession, async (outside) =>
      withCookie(http, outside, await refreshSession(outside, keys, outside.request.cookies[cookieName])),
    );
    serve(http, contracts.logout, (ctx) => signOut(ctx));
    serveRead(http, contracts.currentUser, "statement", (ctx) => readUser(ctx));
    serve(http, contracts.changePassword, (ctx, _, body) => changePassword(ctx, body));
  };
}

const cookieName = "rainmaker_refresh";

/** The refresh token goes where no script can read it, and only to the calls that need it. */
export function withCookie<Reply>(
  http: Http,
  { reply }: Outside,
  { reply: body, refreshToken }: Issued & { reply: Reply },
): Reply {
  void reply.setCookie(cookieName, refreshToken, {
    path: "/api/v1/auth",
    httpOnly: true,
    sameSite: "strict",
    secure: http.config.PUBLIC_URL.startsWith("https:"),
    maxAge: refreshDays * 86_400,
  });
  return body;
}
