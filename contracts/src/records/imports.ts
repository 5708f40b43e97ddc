import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { ImportId, MemberId, PipelineId } from "../ids.ts";
import { Instant } from "../time.ts";
import { ImportableEntity } from "./choices.ts";

export { ImportableEntity, importableEntities } from "./choices.ts";

/**
 * draft: uploaded, being matched; previewed: the dry run is done; queued and running: in the background; finished;
 * failed: stopped by a fault or by its person losing the right; undoing, undone; redoing: an undo is being undone.
 */
export const importStatuses = [
  "draft",
  "previewed",
  "queued",
  "running",
  "finished",
  "failed",
  "undoing",
  "undone",
  "redoing",
] as const;

export const ImportColumn = z.object({
  index: z.int(),
  header: z.string(),
  /** Up to five different values, as they stand in the file. */
  samples: z.array(z.string()),
});

/** What a value that names another record stands for: the record's id, make a new one, or leave the field empty. */
const ValueTarget = z.union([z.uuid(), z.literal("create"), z.literal("empty")]);

/** What can tell that a row is a record that is there already. */
export const matchKeys = ["externalId", "email", "phone", "domain", "name"] as const;

export const ImportOptions = z.strictObject({
  /** Currency of amounts in the file. */
  currency: z.optional(z.string().check(z.length(3))),
  pipelineId: z.optional(PipelineId),
  /** Order of day, month and year where the file's dates leave it open. */
  dateOrder: z.optional(z.enum(["ymd", "dmy", "mdy"])),
  decimalMark: z.optional(z.enum([".", ","])),
  /**
   * Rows that are in the organization already: leave them, write the file's values over them, only fill in what is
   * empty there, or put them aside until somebody has decided about each.
   */
  onDuplicate: z.optional(z.enum(["skip", "update", "fill", "review"])),
  /** By what a row is recognised as one that is there. Left out: by whatever of it the row has, the surest first. */
  matchBy: z.optional(z.enum(matchKeys)),
  /** A cell that is empty clears the field, as \\N always does; otherwise it leaves what is there. */
  emptyClears: z.optional(z.boolean()),
  /** By field: what rows have in it where no column fills it. */
  defaults: z.optional(z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(200)))),
  /** Won rows open a deal in draft for their owner. Off unless chosen. */
  openDeals: z.optional(z.boolean()),
  /** By field, then by the value in the file: what it stands for. Values not named here follow the proposal. */
  values: z.optional(
    z.record(z.string().check(z.maxLength(40)), z.record(z.string().check(z.maxLength(400)), ValueTarget)),
  ),
});
export type ImportOptions = z.output<typeof ImportOptions>;

export const ImportMapping = z.strictObject({
  /** Which field each column fills; null leaves the column out. */
  columns: z
    .array(
      z.strictObject({
        index: z.int().check(z.minimum(0), z.maximum(1000)),
        field: z.nullable(z.string().check(z.maxLength(40))),
      }),
    )
    .check(z.maxLength(1000)),
  options: ImportOptions,
  /** Cells that were put right for this run: by line of the file, then by column. The file stays as it is. */
  fixes: z.optional(
    z
      .record(
        z.string().check(z.regex(/^\d{1,9}$/)),
        z.record(z.string().check(z.regex(/^\d{1,3}$/)), z.string().check(z.maxLength(10_000))),
      )
      .check(z.refine((fixes) => Object.keys(fixes).length <= 1000, "At most 1,000 rows can be put right here")),
  ),
});
export type ImportMapping = z.output<typeof ImportMapping>;

/** read = created + updated + skipped + failed, always. */
export const ImportCounts = z.object({
  read: z.int(),
  created: z.int(),
  updated: z.int(),
  skipped: z.int(),
  failed: z.int(),
});
export type ImportCounts = z.output<typeof ImportCounts>;

export const Import = z.object({
  id: ImportId,
  entity: ImportableEntity,
  status: z.enum(importStatuses),
  fileName: z.string(),
  /** Bytes. */
  fileSize: z.int(),
  encoding: z.string(),
  delimiter: z.string(),
  columns: z.array(ImportColumn),
  mapping: ImportMapping,
  /** Fields a column can fill. */
  fields: z.array(z.object({ name: z.string(), label: z.string(), required: z.boolean(), kind: z.string() })),
  counts: ImportCounts,
  /** Rows of the file that are done, of `counts.read`, while it runs. */
  progress: z.int(),
  owner: z.object({ id: MemberId, name: z.string() }),
  createdAt: Instant,
  startedAt: z.nullable(Instant),
  finishedAt: z.nullable(Instant),
  /** Until when it can be undone. */
  undoUntil: z.nullable(Instant),
  /** Why it failed, as a sentence. */
  failure: z.nullable(z.string()),
  /** What undoing it did: created rows in the trash, updated ones with their former values, and rows that stay. */
  undo: z.nullable(
    z.object({
      removed: z.int(),
      restored: z.int(),
      kept: z.int(),
      reasons: z.array(z.object({ code: z.string(), message: z.string(), rows: z.int() })),
    }),
  ),
  /** Rows that wait for a decision; they count as skipped until then. */
  toReview: z.int(),
  /** What a row of this kind can be recognised by. */
  matchKeys: z.array(z.enum(matchKeys)),
  /** The earlier import whose matching was offered again, as the headers are the same. */
  matchedAs: z.nullable(ImportId),
  version: z.int(),
});
export type Import = z.output<typeof Import>;

const importParams = z.strictObject({ importId: ImportId });

export const uploadImport = endpoint(
  "POST",
  "/imports",
  "Upload a CSV file; columns are read and a matching is proposed",
  "import.run",
  {
    accepts: "file",
    body: z.strictObject({ entity: ImportableEntity }),
    status: 201,
    reply: Import,
  },
);

export const listImports = endpoint(
  "GET",
  "/imports",
  "Own imports, or everybody's for who sees all, newest first",
  "import.run",
  {
    query: z.strictObject({ ...pageQuery }),
    reply: page(Import),
  },
);

export const getImport = endpoint("GET", "/imports/{importId}", "One import with its counts", "import.run", {
  params: importParams,
  reply: Import,
});

export const updateImportMapping = endpoint(
  "PUT",
  "/imports/{importId}/mapping",
  "Say what each column is and choose how to import",
  "import.run",
  {
    params: importParams,
    body: ImportMapping,
    reply: Import,
  },
);

/** How the distinct values of a relation field were understood. */
export const ValueProposal = z.object({
  field: z.string(),
  value: z.string(),
  rows: z.int(),
  /** matched by name; similar: differs in spaces or punctuation; new: nothing like it yet; ambiguous: several. */
  verdict: z.enum(["matched", "similar", "new", "ambiguous"]),
  target: ValueTarget,
  /** The record it is taken for. */
  targetLabel: z.nullable(z.string()),
  /** Records it could stand for. */
  candidates: z.array(z.object({ id: z.uuid(), label: z.string() })),
});

export const ImportRowPreview = z.object({
  row: z.int(),
  verdict: z.enum(["create", "update", "skip", "fail", "review"]),
  cells: z.array(z.string()),
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
});

export const previewImport = endpoint(
  "POST",
  "/imports/{importId}/preview",
  "Dry run of the whole file: counts and first rows, nothing written",
  "import.run",
  {
    params: importParams,
    reply: z.object({
      counts: ImportCounts,
      /** Rows that would wait for a decision; they count as skipped. */
      toReview: z.int(),
      rows: z.array(ImportRowPreview),
      /** Failed rows by reason, most first. */
      errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string(), rows: z.int() })),
      values: z.array(ValueProposal),
      /** Lines of the file that say the same record, the largest groups first; only the first of each is imported. */
      repeats: z.array(z.object({ rows: z.array(z.int()), count: z.int() })),
      /** Things to know before running, such as rows without a customer. */
      notices: z.array(z.object({ code: z.string(), message: z.string(), rows: z.int() })),
    }),
  },
);

export const runImport = endpoint(
  "POST",
  "/imports/{importId}/run",
  "Start the import in the background",
  "import.run",
  {
    params: importParams,
    status: 202,
    reply: Import,
  },
);

export const importErrorFile = endpoint(
  "GET",
  "/imports/{importId}/errors.csv",
  "Rows that were not imported: the file's columns and the reason",
  "import.run",
  {
    params: importParams,
    replyType: "text/csv; charset=utf-8",
  },
);

export const undoImport = endpoint(
  "POST",
  "/imports/{importId}/undo",
  "Take it back: created rows go to the trash, updated ones get their former values",
  "import.run",
  {
    params: importParams,
    status: 202,
    reply: Import,
  },
);

export const redoImport = endpoint(
  "POST",
  "/imports/{importId}/redo",
  "Undo the undoing: what was taken back is there again",
  "import.run",
  {
    params: importParams,
    status: 202,
    reply: Import,
  },
);

const RowOfRecord = z.object({ row: z.int(), recordId: z.uuid(), cells: z.array(z.string()) });

export const listKeptRows = endpoint(
  "GET",
  "/imports/{importId}/kept-rows",
  "Rows that undoing or redoing left as they were, with the reason",
  "import.run",
  {
    params: importParams,
    query: z.strictObject({ ...pageQuery }),
    reply: page(z.object({ ...RowOfRecord.shape, code: z.string(), message: z.string() })),
  },
);

export const listReviews = endpoint(
  "GET",
  "/imports/{importId}/reviews",
  "Rows that wait for a decision, with the record each of them is taken for",
  "import.run",
  {
    params: importParams,
    query: z.strictObject({ ...pageQuery }),
    reply: page(RowOfRecord),
  },
);

export const decideReviews = endpoint(
  "POST",
  "/imports/{importId}/reviews",
  "Decide about rows that wait: write them over the record, only fill in what is empty, or leave it",
  "import.run",
  {
    params: importParams,
    body: z.strictObject({
      rows: z.array(z.int().check(z.minimum(2))).check(z.minLength(1), z.maxLength(200)),
      verdict: z.enum(["update", "fill", "leave"]),
    }),
    reply: Import,
  },
);
