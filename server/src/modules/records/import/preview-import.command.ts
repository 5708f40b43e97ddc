import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { ImportCounts, previewImport as contract } from "@rainmaker/contracts/records/imports";
import { inRead, inTransaction, type Caller, type Workplace } from "#platform/tenant";
import type { Storage } from "#platform/storage";
import { readRows, type FileForm, type FileRow } from "./csv-file.adapter.ts";
import { chunkRows, noCounts, requireStep, type Import } from "./import.ts";
import type { Context } from "#platform/context";
import type { Importer, Notice, Proposal, RowFault, RowPlan, Seen } from "./importer.ts";
import { importerFor } from "../custom-fields/custom-importer.command.ts";
import { lockImport, planForValues, saveImport } from "./imports.store.ts";
import { parseRow, readingOf, ValueCounter, type Reading } from "./parse-rows.ts";

type Reply = ReplyInput<typeof contract>;

/** Rows a preview shows; it is computed from all of them. */
const shownRows = 200;
const shownValues = 500;

/**
 * Dry run of the whole file: what running it now would do, and what its values would be taken for. Reads the file
 * twice, once for the values of relations and once for the rows, and writes nothing but the import's own counts.
 */
export async function previewImport(
  workplace: Workplace,
  storage: Storage,
  caller: Caller,
  importId: string,
): Promise<Reply> {
  const [made, importer] = await inTransaction(workplace, caller, async (ctx) => {
    const found = await lockImport(ctx, importId);
    return [found, await importerFor(ctx, found.entity)] as const;
  });
  requireStep("preview", made);
  const preview = new Preview(workplace, storage, caller, made, importer);
  const reply = await preview.run();
  await inTransaction(workplace, caller, async (ctx) => {
    requireStep("preview", await lockImport(ctx, importId));
    await saveImport(ctx, importId, { status: "previewed" }, reply.counts);
  });
  return reply;
}

class Preview {
  readonly #workplace: Workplace;
  readonly #storage: Storage;
  readonly #caller: Caller;
  readonly #import: Import;
  readonly #importer: Importer<Context>;
  readonly #reading: Reading;
  readonly #seen: Seen = new Map();
  readonly #repeats = new Map<number, number[]>();
  readonly #counts: { -readonly [K in keyof ImportCounts]: ImportCounts[K] } = { ...noCounts };
  readonly #rows: Reply["rows"] = [];
  #toReview = 0;
  readonly #errors = new Map<string, Reply["errors"][number]>();

  constructor(workplace: Workplace, storage: Storage, caller: Caller, made: Import, importer: Importer<Context>) {
    this.#workplace = workplace;
    this.#storage = storage;
    this.#caller = caller;
    this.#import = made;
    this.#importer = importer;
    this.#reading = readingOf(made, importer.fields, caller.organization.currency);
  }

  async run(): Promise<Reply> {
    const { options } = this.#import.mapping;
    const importer = this.#importer;
    const counter = new ValueCounter(importer.fields);
    for await (const row of this.#file()) counter.add(parseRow(row, this.#reading).parsed);
    const proposals = await this.#read(async (ctx) => {
      await planForValues(ctx);
      return importer.propose(ctx, counter.all(), options);
    });
    for await (const chunk of chunksOf(this.#file())) await this.#planChunk(chunk, proposals);
    const values = proposals.toSorted((a, b) => urgency(b) - urgency(a) || b.rows - a.rows).slice(0, shownValues);
    return {
      counts: this.#counts,
      toReview: this.#toReview,
      rows: this.#rows,
      errors: [...this.#errors.values()].toSorted((a, b) => b.rows - a.rows),
      values,
      repeats: repeatsOf(this.#repeats),
      notices: noticesOf(proposals, this.#import),
    };
  }

  #file(): AsyncGenerator<FileRow> {
    return readRows(this.#storage, this.#import.storageKey, formOf(this.#import));
  }

  #read<T>(run: Parameters<typeof inRead<T>>[3]): Promise<T> {
    return inRead(this.#workplace, this.#caller, "snapshot", run);
  }

  async #planChunk(chunk: readonly FileRow[], proposals: readonly Proposal[]): Promise<void> {
    const cells = new Map(chunk.map((row) => [row.row, row.cells]));
    // Not a read, although it writes nothing: like the run, it looks for duplicates among everybody's records.
    const plans = await inTransaction(this.#workplace, this.#caller, async (ctx) => {
      await planForValues(ctx);
      return planRows(ctx, this.#importer, this.#import, chunk, this.#reading, proposals, this.#seen);
    });
    for (const plan of plans) this.#count(plan, cells.get(plan.row) ?? []);
  }

  #count(plan: RowPlan, cells: readonly string[]): void {
    this.#counts.read += 1;
    this.#counts[countOf[plan.verdict]] += 1;
    if (plan.verdict === "review") this.#toReview += 1;
    if (plan.repeats !== undefined) {
      const lines = this.#repeats.get(plan.repeats) ?? [];
      this.#repeats.set(plan.repeats, lines);
      lines.push(plan.row);
    }
    for (const { field, code, message } of plan.faults) {
      const key = `${field}\0${code}`;
      const known = this.#errors.get(key);
      this.#errors.set(key, { field, code, message, rows: (known?.rows ?? 0) + 1 });
    }
    if (this.#rows.length < shownRows) {
      this.#rows.push({
        row: plan.row,
        verdict: plan.verdict === "fill" ? "update" : plan.verdict,
        cells: cells.map((cell) => cell.slice(0, 200)),
        errors: [...plan.faults],
      });
    }
  }
}

const countOf = {
  create: "created",
  update: "updated",
  fill: "updated",
  skip: "skipped",
  review: "skipped",
  fail: "failed",
} as const;

const shownRepeats = 50;
const shownLines = 20;

/** Groups of lines that say the same record, by the line that stands for them. */
function repeatsOf(repeats: ReadonlyMap<number, readonly number[]>): Reply["repeats"] {
  return [...repeats]
    .map(([first, lines]) => ({ rows: [first, ...lines.slice(0, shownLines - 1)], count: lines.length + 1 }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, shownRepeats);
}

export function formOf({ encoding, delimiter }: Import): FileForm {
  return { encoding, delimiter } as FileForm;
}

/** Plans rows of a file: those that could be read by the importer, the others as failed with the reason. */
export async function planRows(
  ctx: Context,
  importer: Importer<Context>,
  { mapping }: Import,
  rows: readonly FileRow[],
  reading: Reading,
  proposals: readonly Proposal[],
  seen: Seen,
): Promise<RowPlan[]> {
  const read = rows.map((row) => ({ ...parseRow(row, reading), row: row.row, fault: row.fault }));
  const failed = read.flatMap(({ row, fault, faults }): RowPlan[] => {
    const all: RowFault[] = fault === null ? faults : [{ field: "", code: "row_not_readable", message: fault }];
    return all.length === 0 ? [] : [{ row, verdict: "fail", faults: all, data: null }];
  });
  const broken = new Set(failed.map(({ row }) => row));
  const readable = read.filter(({ row }) => !broken.has(row)).map(({ parsed }) => parsed);
  const planned = await importer.plan(ctx, readable, proposals, mapping.options, seen);
  return [...failed, ...planned].toSorted((a, b) => a.row - b.row);
}

async function* chunksOf(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  let chunk: FileRow[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length === chunkRows) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** What somebody should look at first. */
function urgency({ verdict }: Proposal): number {
  return { ambiguous: 3, similar: 2, new: 1, matched: 0 }[verdict];
}

function noticesOf(proposals: readonly Proposal[], { mapping }: Import): Notice[] {
  const created = proposals.filter(({ target }) => target === "create");
  const notices = [...Map.groupBy(created, ({ field }) => field)].map(([field, all]) => ({
    code: `creates_${field}`,
    message: `${all.length} ${field} ${all.length === 1 ? "record" : "records"} will be made`,
    rows: all.reduce((sum, { rows }) => sum + rows, 0),
  }));
  const unmapped = mapping.columns.filter(({ field }) => field === null).length;
  return unmapped === 0
    ? notices
    : [...notices, { code: "columns_left_out", message: `${unmapped} columns are not imported`, rows: 0 }];
}
