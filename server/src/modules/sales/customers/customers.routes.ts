import * as contracts from "@rainmaker/contracts/sales/customers";
import { serve, serveRead, type Http } from "#platform/http";
import { getCustomer, listCustomers, totalCustomers } from "./customers.query.ts";
import { createCustomer, updateCustomer } from "./save-customer.command.ts";
import { deleteCustomer, restoreCustomer } from "./trash-customer.command.ts";

export function customerRoutes(http: Http): void {
  serveRead(http, contracts.listCustomers, "statement", (ctx, _, query) => listCustomers(ctx, query));
  serveRead(http, contracts.totalCustomers, "statement", (ctx, _, query) => totalCustomers(ctx, query));
  serveRead(http, contracts.getCustomer, "statement", (ctx, { customerId }) => getCustomer(ctx, customerId));
  serve(http, contracts.createCustomer, async (ctx, _, body) => getCustomer(ctx, await createCustomer(ctx, body)));
  serve(http, contracts.updateCustomer, async (ctx, { customerId }, body, asked) => {
    await updateCustomer(ctx, customerId, body, asked);
    return getCustomer(ctx, customerId);
  });
  serve(http, contracts.deleteCustomer, (ctx, { customerId }, _, asked) => deleteCustomer(ctx, customerId, asked));
  serve(http, contracts.restoreCustomer, async (ctx, { customerId }) => {
    await restoreCustomer(ctx, customerId);
    return getCustomer(ctx, customerId);
  });
}
