/** What a spreadsheet would take for a formula gets an apostrophe, as in the product's other files. */
const formula = /^[=+\-@\t\r]/;

/** Rows as the text of a CSV file, quoted where needed. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  // Plain numbers stay numbers, negative ones too.
  const safe = formula.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
