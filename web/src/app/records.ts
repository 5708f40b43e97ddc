/** Where a record opens, by the entity's name; entities without a page of their own open the nearest one. */
const pages: Readonly<Record<string, (id: string) => string>> = {
  opportunity: (id) => `/opportunities/${id}`,
  customer: (id) => `/customers/${id}`,
  contact: (id) => `/contacts/${id}`,
  deal: (id) => `/deals/${id}`,
  invoice: (id) => `/invoices/${id}`,
  product: (id) => `/products?edit=${id}`,
  import: (id) => `/imports/${id}`,
  member: (id) => `/users?member=${id}`,
};

export function addressOf(entity: string, id: string): string | null {
  return pages[entity]?.(id) ?? null;
}
