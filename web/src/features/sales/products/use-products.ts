import { listProducts } from "@rainmaker/contracts/sales/products";
import { liveQuery } from "#lib/query";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function productsQuery() {
  return { ...liveQuery(listProducts, {}, ["product"]), staleTime: 300_000 };
}
