import * as contracts from "@rainmaker/contracts/records/custom-fields";
import { serve, serveRead, type Http } from "#platform/http";
import { getCustomField, listCustomFields, readUsage } from "./custom-fields.query.ts";
import {
  arrangeCustomFields,
  createCustomField,
  deleteCustomField,
  restoreCustomField,
  updateCustomField,
} from "./save-custom-field.command.ts";

export function customFieldRoutes(http: Http): void {
  serveRead(http, contracts.listCustomFields, "statement", (ctx, _, query) => listCustomFields(ctx, query));
  serve(http, contracts.createCustomField, async (ctx, _, body) =>
    getCustomField(ctx, await createCustomField(ctx, body)),
  );
  serve(http, contracts.updateCustomField, async (ctx, { customFieldId }, body, asked) => {
    await updateCustomField(ctx, customFieldId, body, asked);
    return getCustomField(ctx, customFieldId);
  });
  serve(http, contracts.arrangeCustomFields, (ctx, _, body) => arrangeCustomFields(ctx, body));
  serve(http, contracts.deleteCustomField, (ctx, { customFieldId }, _, asked) =>
    deleteCustomField(ctx, customFieldId, asked),
  );
  serve(http, contracts.restoreCustomField, async (ctx, { customFieldId }) => {
    await restoreCustomField(ctx, customFieldId);
    return getCustomField(ctx, customFieldId);
  });
  serveRead(http, contracts.readCustomFieldUsage, "snapshot", (ctx, { customFieldId }) =>
    readUsage(ctx, customFieldId),
  );
}
