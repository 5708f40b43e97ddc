import type { ImportOptions, ImportableEntity, previewImport } from "@rainmaker/contracts/records/imports";
import type { Permission } from "@rainmaker/contracts/organization/permissions";
import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { CellValue } from "./cells.ts";
import type { ImportField } from "./import.ts";

/** A row whose cells were read as what their columns are. Fields that no column fills are absent. */
export type ParsedRow = {
  readonly row: number;
  readonly values: ReadonlyMap<string, CellValue>;
  /** Fields that the row empties rather than leaves as they are. */
  readonly cleared: ReadonlySet<string>;
};

export type RowFault = { readonly field: string; readonly code: string; readonly message: string };

/** What would become of a row. `data` is the importer's own, handed back to it for writing. */
export type RowPlan = {
  readonly row: number;
  readonly verdict: "create" | "update" | "fill" | "skip" | "review" | "fail";
  readonly faults: readonly RowFault[];
  /** The line of the file that says this record already. */
  readonly repeats?: number | undefined;
  /** The record it is taken for, where it is left as it is. */
  readonly recordId?: string | undefined;
  readonly data: unknown;
};

/** Keys of rows that were planned, over all chunks of a file, with the line each was first seen in. */
export type Seen = Map<string, number>;

/** What became of a row. */
export type RowResult = {
  readonly row: number;
  readonly state: "created" | "updated" | "skipped" | "failed";
  readonly recordId: string | null;
  /** Version the record has now: a later one means that somebody edited it. */
  readonly recordVersion: number | null;
  readonly fault: RowFault | null;
  /** Values that an update replaced: what undoing it puts back. */
  readonly before?: Replaced | null;
};

/** Values of a record that were replaced, by column. Its shape is the importer's own. */
export type Replaced = Readonly<Record<string, unknown>>;

/** A row that was written, as it is to be taken back or done again. */
export type WrittenRow = {
  readonly row: number;
  readonly state: "created" | "updated";
  readonly recordId: string;
  /** Version it was left at: at another one somebody has changed it since. */
  readonly version: number;
  readonly before: Replaced | null;
};

/** undo takes back what a run wrote; redo does again what an undo took back. */
export type Direction = "undo" | "redo";

export type RevertResult =
  | { readonly row: number; readonly version: number; readonly before: Replaced | null }
  | { readonly row: number; readonly refusal: Pick<RowFault, "code" | "message"> };

export type Proposal = ReplyInput<typeof previewImport>["values"][number];
export type Notice = ReplyInput<typeof previewImport>["notices"][number];

/** A value of a relation's column, and in how many rows it stands. */
export type ValueCount = { readonly field: string; readonly value: string; readonly rows: number };

export type MatchKey = NonNullable<ImportOptions["matchBy"]>;

/**
 * How one entity is imported, given to the engine by its module. Ctx is the platform's context; it stays a type
 * parameter here because this file is pure.
 */
export type Importer<Ctx> = {
  readonly entity: ImportableEntity;
  /** What it takes, besides the right to import. */
  readonly permission: Permission;
  /** What a row can be recognised by. */
  readonly matchKeys: readonly MatchKey[];
  readonly fields: readonly ImportField[];
  /** What other systems call the records. */
  readonly nouns: readonly string[];
  /** Values for fields that no column fills, as far as the headers tell: a file with a "Call title" is of calls. */
  readonly defaultsFor?: (headers: readonly string[]) => Readonly<Record<string, string>>;
  /** Says what the values of relations would be taken for. */
  propose(ctx: Ctx, values: readonly ValueCount[], options: ImportOptions): Promise<Proposal[]>;
  /** Decides about rows without writing. `seen` remembers keys over all chunks of a file. */
  plan(
    ctx: Ctx,
    rows: readonly ParsedRow[],
    proposals: readonly Proposal[],
    options: ImportOptions,
    seen: Seen,
  ): Promise<RowPlan[]>;
  /** Makes the records that relations ask to be made, before the rows of a chunk are planned. */
  makeRelations(ctx: Ctx, proposals: readonly Proposal[], options: ImportOptions, importId: string): Promise<void>;
  /** Writes planned rows, set-based, and announces them as one event. */
  write(ctx: Ctx, plans: readonly RowPlan[], options: ImportOptions, importId: string): Promise<RowResult[]>;
  /** Takes written rows back or does them again, set-based, and announces them as one event. */
  revert(ctx: Ctx, rows: readonly WrittenRow[], direction: Direction, importId: string): Promise<RevertResult[]>;
};
