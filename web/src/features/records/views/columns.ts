/** A column of a view: its key, and the pixels somebody drew it to. */
export type ViewColumn = { readonly key: string; readonly width?: number };

const [leastWidth, mostWidth] = [40, 1200];

/** "owner:240" as a column. A width that is none is left out. */
export function columnOf(text: string): ViewColumn {
  const [key = "", width] = text.split(":");
  const pixels = Number(width);
  return Number.isInteger(pixels) && pixels >= leastWidth && pixels <= mostWidth ? { key, width: pixels } : { key };
}

export function columnText({ key, width }: { readonly key: string; readonly width?: number | undefined }): string {
  return width === undefined ? key : `${key}:${width}`;
}

export function columnKeys(columns: readonly string[]): readonly string[] {
  return columns.map((text) => columnOf(text).key);
}

/** The columns after others were chosen: those that stay keep their width. */
export function withKeys(columns: readonly string[], keys: readonly string[]): readonly string[] {
  return keys.map((key) => columns.find((text) => columnOf(text).key === key) ?? key);
}

/** The columns after one was drawn to another width. */
export function withWidth(columns: readonly string[], key: string, width: number): readonly string[] {
  return columns.map((text) => (columnOf(text).key === key ? columnText({ key, width }) : text));
}

/**
 * What stands, of all columns a list can have: the chosen ones in their order with their widths, the first one whether
 * chosen or not, as it opens the row.
 */
export function standing<Column extends { readonly key: string }>(
  all: readonly Column[],
  chosen: readonly string[],
): readonly (Column & { readonly width?: number | undefined })[] {
  const first = all[0];
  const keys = columnKeys(chosen);
  const wanted = first === undefined || keys.includes(first.key) ? chosen : [first.key, ...chosen];
  return wanted.flatMap((text) => {
    const { key, width } = columnOf(text);
    const column = all.find((one) => one.key === key);
    return column === undefined ? [] : [{ ...column, width }];
  });
}
