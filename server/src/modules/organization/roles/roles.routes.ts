import * as contracts from "@rainmaker/contracts/organization/roles";
import { serve, serveRead, type Http } from "#platform/http";
import { previewRole } from "./preview-role.command.ts";
import { getRole, listRoles } from "./roles.query.ts";
import { createRole, deleteRole, updateRole } from "./save-role.command.ts";

export function roleRoutes(http: Http): void {
  serveRead(http, contracts.listRoles, "statement", (ctx) => listRoles(ctx));
  serveRead(http, contracts.getRole, "statement", (ctx, { roleId }) => getRole(ctx, roleId));
  serve(http, contracts.createRole, async (ctx, _, body) => getRole(ctx, await createRole(ctx, body)));
  serve(http, contracts.updateRole, async (ctx, { roleId }, body, asked) => {
    await updateRole(ctx, roleId, body, asked);
    return getRole(ctx, roleId);
  });
  serve(http, contracts.deleteRole, (ctx, { roleId }, _, asked) => deleteRole(ctx, roleId, asked));
  serve(http, contracts.previewRole, (ctx, _, body) => previewRole(ctx, body));
}
