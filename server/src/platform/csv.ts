/** Spreadsheets take a file without this mark for another encoding. */
const byteOrderMark = "\uFEFF";

/** A line of a file for spreadsheets. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** The first line of a file, with the names of its columns. */
export function csvHead(cells: readonly string[]): string {
  return byteOrderMark + csvLine(cells);
}

/** A cell: one that would start a formula is put behind an apostrophe, quotes are doubled. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
