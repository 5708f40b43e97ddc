/** A row of the error file: where it stands, which cell is to blame, and why. */
export type ErrorRow = {
  readonly row: string;
  readonly field: string;
  readonly message: string;
  /** All cells, as they stand in the file. */
  readonly cells: readonly string[];
};

/** Reads what the server wrote into the error file: the file's columns, then _row, _field, _code and _message. */
export function readErrorRows(text: string): readonly ErrorRow[] {
  const [, ...lines] = readCsv(text.replace(/^\uFEFF/, ""));
  return lines.map((cells) => {
    const [row = "", field = "", , message = ""] = cells.slice(-4);
    return { row, field, message, cells: cells.slice(0, -4) };
  });
}

/** Cells may be quoted, quotes in them doubled, and hold line ends. */
function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g)) {
    if (end === "" && line.length === 0 && quoted === undefined && plain === "") break;
    line.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
