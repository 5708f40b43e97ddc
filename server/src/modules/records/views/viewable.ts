import type { CustomValues } from "@rainmaker/contracts/records/custom-values";
import { customName } from "@rainmaker/contracts/records/custom-types";
import { orderedBy } from "@rainmaker/contracts/records/sorts";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { invalidField } from "#platform/errors";
import type { CustomField } from "../custom-fields/custom-field.ts";
import { customText } from "../custom-fields/described-record.ts";
import type { RecordDefinition } from "../lists/record.ts";

export type ViewQuery = {
  readonly filter: string;
  readonly timeZone?: string | undefined;
  readonly sort?: string | undefined;
  readonly limit: string;
  readonly cursor?: string | undefined;
};

/** A column as an export writes it. */
export type ExportColumn<Item> = { readonly head: string; readonly cell: (item: Item) => string | number | null };

type Listed<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

type Described<Ctx, Item> = {
  readonly record: RecordDefinition & { readonly name: ViewEntity };
  /** In names of files: "customers". */
  readonly plural: string;
  /** A page at the viewer's sight, of any size. */
  readonly list: (ctx: Ctx, query: ViewQuery) => Promise<Listed<Item>>;
  readonly columns: Readonly<Record<string, ExportColumn<Item>>>;
};

/** A list with views, exports and bulk changes, whatever its items are. */
export type Viewable<Ctx> = Pick<Described<Ctx, unknown>, "record" | "plural"> & {
  readonly heads: Readonly<Record<string, string>>;
  readonly cells: (
    ctx: Ctx,
    query: ViewQuery,
    columns: readonly string[],
    fields?: readonly CustomField[],
  ) => Promise<Listed<readonly string[]>>;
};

/** Describes a list by its own query and how its items are written. */
export function viewable<Ctx, Item extends { readonly id: string; readonly custom?: CustomValues }>(
  described: Described<Ctx, Item>,
): Viewable<Ctx> {
  const { record, plural, list, columns } = described;
  const textOf = (item: Item, key: string, fields: readonly CustomField[]): string => {
    const custom = fields.find((field) => customName(field.key) === key);
    if (custom !== undefined) return customText(custom, item.custom?.[custom.key]);
    return String(columns[key]?.cell(item) ?? "");
  };
  return {
    record,
    plural,
    heads: Object.fromEntries(Object.entries(columns).map(([key, { head }]) => [key, head])),
    cells: async (ctx, query, keys, fields = []) => {
      const { items, nextCursor } = await list(ctx, query);
      return { items: items.map((item) => keys.map((key) => textOf(item, key, fields))), nextCursor };
    },
  };
}

/** @throws Refusal 422 for an order the list does not have */
export function checkSort({ sorts, name }: RecordDefinition, sort: string | null | undefined): void {
  if (sort == null || orderedBy(Object.keys(sorts)).safeParse(sort).success) return;
  throw invalidField("sort", "sort_unknown", `The list of a ${name} has no such order`);
}
