import type { Session } from "@rainmaker/contracts/organization/sessions";
import type { Person } from "../src/processes/in-process-api.ts";
import type { Answer } from "./server-process.ts";

type Send = (method: string, path: string, token?: string, body?: unknown) => Promise<Answer>;

/** Somebody with a token, known to the database as well. */
export type SignedIn = Person & { readonly token: string };

const password = "correct horse battery";

/** Registers an organization with its admin. */
export async function register(send: Send, name: string): Promise<SignedIn> {
  const email = `${name.toLowerCase().replaceAll(" ", "-")}@bench.example`;
  const body = { organizationName: name, firstName: "Ada", lastName: "Admin", email, password };
  return signedIn(await send("POST", "/api/v1/auth/register", undefined, body));
}

/** A further member with a role. */
export async function join(send: Send, admin: SignedIn, name: string, role: string): Promise<SignedIn> {
  const invitation = { emails: [`${name}@bench.example`], roles: [role], teamId: null };
  const invited = await send("POST", "/api/v1/invitations", admin.token, invitation);
  const { token } = (JSON.parse(invited.text) as { items: { token: string }[] }).items[0] ?? { token: "" };
  const body = { token, firstName: name, lastName: "Bench", password };
  return signedIn(await send("POST", "/api/v1/auth/accept-invitation", undefined, body));
}

function signedIn({ status, text }: Answer): SignedIn {
  if (status !== 200 && status !== 201) throw new Error(`sign-in: ${status} ${text}`);
  const { accessToken, user } = JSON.parse(text) as Session;
  if (user.organization === null) throw new Error("no organization");
  return { token: accessToken, organizationId: user.organization.id, memberId: user.id };
}
