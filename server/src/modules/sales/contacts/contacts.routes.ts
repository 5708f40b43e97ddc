import * as contracts from "@rainmaker/contracts/sales/contacts";
import { serve, serveRead, type Http } from "#platform/http";
import { getContact, listContacts, totalContacts } from "./contacts.query.ts";
import { createContact, updateContact } from "./save-contact.command.ts";
import { deleteContact, restoreContact } from "./trash-contact.command.ts";

export function contactRoutes(http: Http): void {
  serveRead(http, contracts.listContacts, "statement", (ctx, _, query) => listContacts(ctx, query));
  serveRead(http, contracts.totalContacts, "statement", (ctx, _, query) => totalContacts(ctx, query));
  serveRead(http, contracts.getContact, "statement", (ctx, { contactId }) => getContact(ctx, contactId));
  serve(http, contracts.createContact, async (ctx, _, body) => getContact(ctx, await createContact(ctx, body)));
  serve(http, contracts.updateContact, async (ctx, { contactId }, body, asked) => {
    await updateContact(ctx, contactId, body, asked);
    return getContact(ctx, contactId);
  });
  serve(http, contracts.deleteContact, (ctx, { contactId }, _, asked) => deleteContact(ctx, contactId, asked));
  serve(http, contracts.restoreContact, async (ctx, { contactId }) => {
    await restoreContact(ctx, contactId);
    return getContact(ctx, contactId);
  });
}
