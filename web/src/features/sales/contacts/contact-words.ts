import type { Contact } from "@rainmaker/contracts/sales/contacts";
import type { contactRoles } from "@rainmaker/contracts/sales/opportunities";

type ContactRole = (typeof contactRoles)[number];

/** What part somebody plays in a sale. */
export const roleNames: Readonly<Record<ContactRole, string>> = {
  decision_maker: "Decision maker",
  champion: "Champion",
  influencer: "Influencer",
  buyer: "Buyer",
  user: "User",
  blocker: "Blocker",
  other: "Another part",
};

/** "Ruth Adeyemi" as first and last name; the last word is the last name. */
export function nameParts(name: string): { readonly firstName: string; readonly lastName?: string } {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.pop() : undefined;
  return { firstName: words.join(" "), ...(last !== undefined && { lastName: last }) };
}

/** "VP Operations, Kestrel Aerospace"; undefined where neither is known. */
export function workOf({ title, customers }: Pick<Contact, "title" | "customers">): string | undefined {
  return [title, customers[0]?.name].filter((part) => part != null).join(", ") || undefined;
}
