import type { ScopedEntity } from "@rainmaker/contracts/organization/permissions";
import { keysOfSort, type SortKey } from "@rainmaker/contracts/records/sorts";

/** A column a list can be sorted by. Each has an index (organization_id, column, id), and one with owner_id before it. */
export type SortDefinition = {
  readonly column: string;
  readonly type: "text" | "date" | "timestamptz" | "bigint";
  /** Rows without a value stand last in both directions. */
  readonly isNullable: boolean;
  /** Of a custom field: the column stands in custom_value, in the rows of this field. */
  readonly fieldId?: string;
};

/** Where the values of a custom field are. */
export type CustomPlace = {
  readonly fieldId: string;
  /** Kept with its currency. */
  readonly isMoney: boolean;
  /** The typed column that an index finds single values by. */
  readonly index?: "text" | "number";
};

/** A condition of a list's query: how the value compares with the column. "prefix" ignores case; "contains" asks an array. */
export type FilterDefinition = {
  readonly column: string;
  readonly compare: "equals" | "from" | "to" | "prefix" | "contains";
  readonly type: "text" | "uuid" | "date" | "bigint";
};

/** What a field of a filter holds; its operators follow from it. */
export type FilterKind =
  | "text"
  | "choice"
  | "member"
  | "team"
  | "record"
  | "tags"
  | "day"
  | "instant"
  | "number"
  | "money"
  | "decimal"
  | "activity";

/** A field that filters, saved views and exports can name. */
export type FilterField = {
  readonly column: string;
  readonly kind: FilterKind;
  /** What a choice can be; of a stage's kind, say. */
  readonly choices?: readonly string[];
  /** The column stands in another table, whose id is in this column of the record: the kind of its stage. */
  readonly through?: { readonly table: string; readonly key: string };
  /** Of an activity: the table of what was done, and its column that names this record; the field's column says when. */
  readonly done?: { readonly table: string; readonly key: string };
  /** A field of the organization's own; the column is then the document. */
  readonly custom?: CustomPlace;
};

/** What the rows of a list can be put together by. */
export type GroupField = {
  readonly column: string;
  /** text: whatever its case, as its filter is; month: the calendar month of a day. */
  readonly kind: "id" | "choice" | "text" | "month";
  /** Where an id gets its name, and what puts it in order; its name where nothing else does. */
  readonly label?: { readonly table: string; readonly column: string; readonly order?: string };
};

/**
 * What an entity is, stated once: lists, search, trash and import read it.
 * Its table has organization_id, id, number, owner_id, created_at, updated_at, deleted_at, deleted_by and version.
 */
export type RecordDefinition = {
  /** Singular: prefix of its permissions and events, name of its hints. */
  readonly name: ScopedEntity;
  readonly table: string;
  /** "OPP" makes OPP-418 of number 418. */
  readonly numberPrefix: string;
  /** Column people know the record by. */
  readonly titleColumn: string;
  /** Members can gain sight of single records by record_grant. */
  readonly hasGrants: boolean;
  readonly sorts: Readonly<Record<string, SortDefinition>>;
  readonly filters: Readonly<Record<string, FilterDefinition>>;
  /** Fields of the filter language; where there are none the list takes no filter. */
  readonly fields?: Readonly<Record<string, FilterField>>;
  readonly groups?: Readonly<Record<string, GroupField>>;
  /** Columns of the money that totals add up by currency. */
  readonly money?: { readonly amount: string; readonly currency: string };
};

/** Declares an entity; keeps the names of its sorts and filters in the type. */
export function record<const Definition extends RecordDefinition>(definition: Definition): Definition {
  return definition;
}

export function numberOf({ numberPrefix }: Pick<RecordDefinition, "numberPrefix">, number: bigint | number): string {
  return `${numberPrefix}-${number}`;
}

export type SortPart = SortDefinition & SortKey;

/** How a list is ordered: by its keys after one another, then by id. */
export type Order = {
  /** As the query says it. */
  readonly text: string;
  readonly parts: readonly SortPart[];
};

/** Reads "stage,-amount". @param otherwise where the query names none */
export function orderFrom(definition: RecordDefinition, text: string | undefined, otherwise: string): Order {
  const order = text ?? otherwise;
  const parts = keysOfSort(order).map(({ key, isDescending }) => {
    const sort = definition.sorts[key];
    if (sort === undefined) throw new RangeError(`${definition.name} has no sort ${key}`);
    return { ...sort, key, isDescending };
  });
  return { text: order, parts };
}
