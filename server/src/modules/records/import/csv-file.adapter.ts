import { Transform } from "node:stream";
import { parse, type Options, type Parser } from "csv-parse";
import { Refusal } from "#platform/errors";
import type { Storage } from "#platform/storage";
import type { Column } from "./import.ts";

/** How the bytes of a file are to be read. */
export type FileForm = { readonly encoding: Encoding; readonly delimiter: string };
type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export type Inspection = FileForm & { readonly columns: readonly Column[]; readonly rows: number };

/** A row of the file, or why it could not be read as one. `row` counts records, the header being 1. */
export type FileRow = { readonly row: number; readonly cells: readonly string[]; readonly fault: string | null };

const delimiters = [",", ";", "\t", "|"] as const;
const mostColumns = 1000;
const samplesPerColumn = 5;
/** In characters: a cell of ten million is a fault of its row, not the end of the file. */
const longestRow = 20_000_000;

/**
 * Reads a whole file once to learn its encoding, separator, columns and number of rows.
 * @throws Refusal 422 with the reason where it is not a table of text
 */
export async function inspectFile(storage: Storage, key: string, head: Buffer, type: string): Promise<Inspection> {
  refuseOtherKinds(head, type);
  const encoding = await findEncoding(storage, key, head);
  const delimiter = guessDelimiter(new TextDecoder(encoding).decode(head));
  const header: string[] = [];
  const samples: string[][] = [];
  let rows = 0;
  for await (const { row, cells } of records(storage, key, { encoding, delimiter })) {
    if (row === 1) header.push(...checkHeader(cells));
    else {
      rows += 1;
      collectSamples(samples, cells);
    }
  }
  if (header.length === 0) throw refuse("file_empty", "The file is empty");
  if (rows === 0) throw refuse("file_without_rows", "The file has a header but no rows");
  return {
    encoding,
    delimiter,
    rows,
    columns: header.map((text, index) => ({ index, header: text, samples: samples[index] ?? [] })),
  };
}

/** The rows of a file, one after another; the header is left out. */
export async function* readRows(storage: Storage, key: string, form: FileForm): AsyncGenerator<FileRow> {
  let width = 0;
  for await (const record of records(storage, key, form)) {
    if (record.row === 1) width = record.cells.length;
    else if (record.cells.length > width)
      yield { ...record, fault: `This row has ${record.cells.length} cells, the header ${width}` };
    else yield record;
  }
}

function refuse(code: string, message: string): Refusal {
  return new Refusal("invalid", code, message, { errors: [{ path: "file", code, message }] });
}

function refuseOtherKinds(head: Buffer, type: string): void {
  if (head.length === 0) throw refuse("file_empty", "The file is empty");
  if (type === "application/zip")
    throw refuse("file_not_csv", "This is a spreadsheet or an archive; save it as CSV first");
  if (type !== "application/octet-stream") throw refuse("file_not_csv", "This is not a CSV file");
}

/** By its mark, else by its zeros, else whatever all of it is valid as. */
async function findEncoding(storage: Storage, key: string, head: Buffer): Promise<Encoding> {
  if (head.subarray(0, 3).equals(Buffer.from("efbbbf", "hex"))) return "utf-8";
  if (head.subarray(0, 2).equals(Buffer.from("fffe", "hex"))) return "utf-16le";
  if (head.subarray(0, 2).equals(Buffer.from("feff", "hex"))) return "utf-16be";
  const zeros = [...head.subarray(0, 400)].flatMap((byte, index) => (byte === 0 ? [index % 2] : []));
  if (zeros.length > 20)
    return zeros.filter((parity) => parity === 1).length > zeros.length / 2 ? "utf-16le" : "utf-16be";
  return (await isUtf8(storage, key)) ? "utf-8" : "windows-1252";
}

async function isUtf8(storage: Storage, key: string): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const stream = await storage.read(key);
  try {
    for await (const chunk of stream) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    stream.destroy();
  }
}

/** The separator that cuts the first lines into the most columns, the same number in each. */
function guessDelimiter(text: string): string {
  const lines = text.split(/\r?\n/).slice(0, -1).slice(0, 20);
  const scored = delimiters.map((delimiter) => {
    const counts = (lines.length === 0 ? [text] : lines).map(
      (line) => line.replaceAll(/"[^"]*"/g, "").split(delimiter).length,
    );
    const first = counts[0] ?? 1;
    const agreeing = counts.filter((count) => count === first).length;
    return { delimiter, score: first === 1 ? 0 : agreeing * 1000 + first };
  });
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function checkHeader(cells: readonly string[]): string[] {
  if (cells.length > mostColumns)
    throw refuse("too_many_columns", `The file has ${cells.length} columns; ${mostColumns} are possible`);
  return cells.map((cell, index) => (cell.trim() === "" ? `Column ${index + 1}` : cell.trim().slice(0, 200)));
}

function collectSamples(samples: string[][], cells: readonly string[]): void {
  for (const [index, cell] of cells.entries()) {
    const known = (samples[index] ??= []);
    const text = cell.slice(0, 200);
    if (known.length < samplesPerColumn && text.trim() !== "" && !known.includes(text)) known.push(text);
  }
}

const parserOptions = (delimiter: string): Options => ({
  delimiter,
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: longestRow,
});

async function* records(storage: Storage, key: string, { encoding, delimiter }: FileForm): AsyncGenerator<FileRow> {
  const parser: Parser = parse(parserOptions(delimiter));
  const source = await storage.read(key);
  const text = source.pipe(decoding(encoding));
  source.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let row = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      row += 1;
      yield withoutNul(row, cells);
    }
  } catch (error) {
    // A quote that is never closed swallows the rest of the file: that rest is one row that cannot be read.
    const { code, message } = error as { code?: string; message: string };
    if (code === undefined || !code.startsWith("CSV_")) throw error;
    yield { row: row + 1, cells: [], fault: message };
  } finally {
    source.destroy();
  }
}

/** PostgreSQL stores every character but NUL: the row is refused, and shown without it. */
function withoutNul(row: number, cells: readonly string[]): FileRow {
  const column = cells.findIndex((cell) => cell.includes("\0"));
  if (column < 0) return { row, cells, fault: null };
  const fault = `Column ${column + 1} has a NUL character, which cannot be stored`;
  return { row, cells: cells.map((cell) => cell.replaceAll("\0", "\uFFFD")), fault };
}

function decoding(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
}
