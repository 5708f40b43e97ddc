import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { ProductId } from "../ids.ts";
import { MoneyReply, UnsignedMoney } from "../money.ts";
import { text } from "./fields.ts";

export const Product = z.object({
  id: ProductId,
  name: z.string(),
  /** List price of one. */
  price: z.nullable(MoneyReply),
  version: z.int(),
});
export type Product = z.output<typeof Product>;

export const listProducts = endpoint("GET", "/products", "Products that are sold", "opportunity.read", {
  reply: z.object({ items: z.array(Product) }),
});

const Name = text(200).check(z.minLength(1));

export const createProduct = endpoint("POST", "/products", "Add a product", "product.edit", {
  body: z.strictObject({ name: Name, price: z.optional(z.nullable(UnsignedMoney)) }),
  status: 201,
  reply: Product,
});

export const updateProduct = endpoint(
  "PATCH",
  "/products/{productId}",
  "Change a product; what was agreed in a sale stays as agreed",
  "product.edit",
  {
    params: z.strictObject({ productId: ProductId }),
    body: z.strictObject({
      name: z.optional(Name),
      price: z.optional(z.nullable(UnsignedMoney)),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Product,
  },
);
