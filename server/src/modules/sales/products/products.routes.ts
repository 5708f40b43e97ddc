import * as contracts from "@rainmaker/contracts/sales/products";
import { serve, serveRead, type Http } from "#platform/http";
import { getProduct, listProducts } from "./products.query.ts";
import { createProduct, updateProduct } from "./save-product.command.ts";

export function productRoutes(http: Http): void {
  serveRead(http, contracts.listProducts, "statement", (ctx) => listProducts(ctx));
  serve(http, contracts.createProduct, async (ctx, _, body) => getProduct(ctx, await createProduct(ctx, body)));
  serve(http, contracts.updateProduct, async (ctx, { productId }, body, asked) => {
    await updateProduct(ctx, productId, body, asked);
    return getProduct(ctx, productId);
  });
}
