import { distinctTags } from "../customers/customer.ts";

/** "north; VIP" is two tags; null where there are none. */
export function tagsOf(text: string | null): string[] | null {
  const tags = (text ?? "").split(/[;,|]/).map((tag) => tag.trim().slice(0, 40));
  const given = distinctTags(tags.filter((tag) => tag !== "")).slice(0, 50);
  return given.length === 0 ? null : given;
}
