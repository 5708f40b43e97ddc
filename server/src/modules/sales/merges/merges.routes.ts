import * as contracts from "@rainmaker/contracts/sales/merges";
import { serve, serveSteps, type Http } from "#platform/http";
import { tryOut } from "#platform/tenant";
import { mergeContacts } from "./merge-contacts.command.ts";
import { mergeCustomers } from "./merge-customers.command.ts";

export function mergeRoutes(http: Http): void {
  serve(http, contracts.mergeCustomers, (ctx, { customerId }, body) => mergeCustomers(ctx, customerId, body));
  serveSteps(http, contracts.previewCustomerMerge, (caller, { customerId }, body) =>
    tryOut(http.workplace, caller, (ctx) => mergeCustomers(ctx, customerId, body)),
  );
  serve(http, contracts.mergeContacts, (ctx, { contactId }, body) => mergeContacts(ctx, contactId, body));
  serveSteps(http, contracts.previewContactMerge, (caller, { contactId }, body) =>
    tryOut(http.workplace, caller, (ctx) => mergeContacts(ctx, contactId, body)),
  );
}
