/** What a new organization starts with: Monday to Friday, no holidays, the currency and calendar it registered with. */
export const defaultWorkdays: readonly number[] = [1, 2, 3, 4, 5];

/** "Halden Systems, Inc." is halden-systems-inc: lower case, digits and hyphens, at most 40. */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return slug === "" ? "organization" : slug;
}

/** The slug as it is tried again when somebody has it: acme, acme-2, acme-3. */
export function numberedSlug(slug: string, attempt: number): string {
  return attempt === 1 ? slug : `${slug}-${attempt}`;
}
