/** A row of a file by what it says: the columns that have a value, and those it clears. */
export function valuesSaid<Row>(
  row: Row,
  cleared: ReadonlySet<string>,
  columns: Readonly<Record<string, { readonly from: keyof Row & string; readonly empty?: unknown }>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, { from, empty = null }]) => {
      const value = row[from];
      if (value !== null) return [[column, typeof value === "bigint" ? value.toString() : value]];
      return cleared.has(from) ? [[column, empty]] : [];
    }),
  );
}
