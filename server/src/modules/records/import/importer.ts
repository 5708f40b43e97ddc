import type { ImportOptions, ImportableEntity, previewImport } from "@rainmaker/contracts/records/imports";
import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { CellValue } from "./cells.ts";
import type { ImportField } from "./import.ts";

/** A row whose cells were read as what their columns are. Fields that no column fills are absent. */
export type ParsedRow = { readonly row: number; readonly values: ReadonlyMap<string, CellValue> };

export type RowFault = { readonly field: string; readonly code: string; readonly message: string };

/** What would become of a row. `data` is the importer's own, handed back to it for writing. */
export type RowPlan = {
  readonly row: number;
  readonly verdict: "create" | "update" | "skip" | "fail";
  readonly faults: readonly RowFault[];
  readonly data: unknown;
};

/** What became of a row. */
export type RowResult = {
  readonly row: number;
  readonly state: "created" | "updated" | "skipped" | "failed";
  readonly recordId: string | null;
  /** Version the record has now: a later one means that somebody edited it. */
  readonly recordVersion: number | null;
  readonly fault: RowFault | null;
};

export type Proposal = ReplyInput<typeof previewImport>["values"][number];
export type Notice = ReplyInput<typeof previewImport>["notices"][number];

/** A value of a relation's column, and in how many rows it stands. */
export type ValueCount = { readonly field: string; readonly value: string; readonly rows: number };

/**
 * How one entity is imported, given to the engine by its module. Ctx is the platform's context; it stays a type
 * parameter here because this file is pure.
 */
export type Importer<Ctx> = {
  readonly entity: ImportableEntity;
  readonly fields: readonly ImportField[];
  /** Says what the values of relations would be taken for. */
  propose(ctx: Ctx, values: readonly ValueCount[], options: ImportOptions): Promise<Proposal[]>;
  /** Decides about rows without writing. `seen` remembers keys over all chunks of a file. */
  plan(
    ctx: Ctx,
    rows: readonly ParsedRow[],
    proposals: readonly Proposal[],
    options: ImportOptions,
    seen: Set<string>,
  ): Promise<RowPlan[]>;
  /** Makes the records that relations ask to be made, before the rows of a chunk are planned. */
  makeRelations(ctx: Ctx, proposals: readonly Proposal[], options: ImportOptions, importId: string): Promise<void>;
  /** Writes planned rows, set-based, and announces them as one event. */
  write(ctx: Ctx, plans: readonly RowPlan[], options: ImportOptions, importId: string): Promise<RowResult[]>;
  /** Takes created records to the trash where nobody has touched them since. @returns the ids that went */
  undo(
    ctx: Ctx,
    records: readonly { readonly id: string; readonly version: number }[],
    importId: string,
  ): Promise<string[]>;
};
