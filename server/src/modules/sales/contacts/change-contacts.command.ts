import { updateContact as updateContract } from "@rainmaker/contracts/sales/contacts";
import { tagsAfter, type BulkTarget } from "#modules/records";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { contactRecord } from "./contact.ts";
import { lockContact, retirePoints, transferContactParts } from "./contacts.store.ts";
import { updateContact } from "./save-contact.command.ts";
import { deleteContact, restoreContact } from "./trash-contact.command.ts";

/** Fields a bulk change may set. */
const fields = { ownerId: "contact.assign", title: "contact.edit" } as const;

/** Changes of many contacts at once. */
export const contactBulk: BulkTarget<Context> = {
  entity: "contact",
  chunkEvent: "contacts.changed",
  setCustom: (ctx, contactId, custom, seenVersion) => updateContact(ctx, contactId, { custom }, { seenVersion }),
  plain: {
    record: contactRecord,
    fields: {
      ownerId: { column: "owner_id", type: "uuid" },
      title: { column: "title", type: "text" },
      tags: { column: "tags", type: "text[]" },
    },
    afterOwner: transferContactParts,
    afterDelete: retirePoints,
  },
  permissionFor(action) {
    if (action.kind === "delete") return "contact.delete";
    if (action.kind !== "set") return "contact.edit";
    const permission = Object.hasOwn(fields, action.field) ? fields[action.field as keyof typeof fields] : undefined;
    if (permission === undefined) throw invalidField("action", "field_not_settable", `${action.field} cannot be set`);
    if (!updateContract.body.safeParse({ [action.field]: action.value }).success) {
      throw invalidField("action", "value_not_possible", `${action.field} cannot be set to this`);
    }
    return permission;
  },
  async apply(ctx, contactId, action, seenVersion) {
    const { version, tags } = await lockContact(ctx, contactId);
    const applied = { before: {}, version: version + 1 };
    if (action.kind === "delete") await deleteContact(ctx, contactId, { seenVersion });
    else if (action.kind === "set") {
      await updateContact(ctx, contactId, { [action.field]: action.value }, { seenVersion });
    } else await updateContact(ctx, contactId, { tags: [...tagsAfter(tags, action)] }, { seenVersion });
    return applied;
  },
  async revert(ctx, contactId, action, { before, version }) {
    if (action.kind === "delete") await restoreContact(ctx, contactId);
    else await updateContact(ctx, contactId, before, { seenVersion: version });
  },
};
