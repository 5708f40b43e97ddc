import { getSettings, updateSettings as updateContract } from "@rainmaker/contracts/organization/members";
import { serve, serveRead, type Http } from "#platform/http";
import { readSettings } from "./settings.query.ts";
import { updateSettings } from "./update-settings.command.ts";

export function settingsRoutes(http: Http): void {
  serveRead(http, getSettings, "statement", (ctx) => readSettings(ctx));
  serve(http, updateContract, (ctx, _, body, asked) => updateSettings(ctx, body, asked));
}
