/** Changed fields as the log keeps them: each with the value before and after. */
export type Changes = Record<string, readonly [unknown, unknown]>;

/**
 * What differs between two states of a record, for `changes` of an event. Values are compared as JSON; bigints are
 * written as text. Fields only one of them has count as changed from or to null.
 */
export function changesBetween(before: object, after: object): Changes {
  const old = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  const fields = new Set([...Object.keys(old), ...Object.keys(now)]);
  const changes: Changes = {};
  for (const field of fields) {
    const [was, is] = [plain(old[field]), plain(now[field])];
    if (field !== "version" && JSON.stringify(was) !== JSON.stringify(is)) changes[field] = [was, is];
  }
  return changes;
}

function plain(value: unknown): unknown {
  if (value === undefined) return null;
  return typeof value === "bigint" ? value.toString() : value;
}

/** The record with the given fields replaced; fields that are undefined stay. For PATCH. */
export function patched<Record extends object>(
  record: Record,
  patch: { readonly [K in keyof Record]?: Record[K] | undefined },
): Record {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { ...record, ...given };
}
