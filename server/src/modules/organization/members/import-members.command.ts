import { v7 as uuidv7 } from "uuid";
import { requirePermission, type Context } from "#platform/context";
import { rewriteVisibleOwners } from "../teams/visible-owners.store.ts";
import { splitName } from "./member.ts";
import { insertInactiveMembers } from "./members.store.ts";

/** People an import names who have no account: inactive members without e-mail, to be invited later. */
export async function importMembers(ctx: Context, names: readonly string[], importId: string): Promise<void> {
  if (names.length === 0) return;
  requirePermission(ctx.actor, "member.invite");
  const members = names.map((name) => ({ id: uuidv7(), name, ...splitName(name) }));
  await insertInactiveMembers(ctx, members);
  await rewriteVisibleOwners(ctx);
  const told = members.map(({ id, name }) => ({ id, name }));
  ctx.emit({ type: "members.imported", recordId: null, facts: { importId, members: told } });
}
