import type { ScopedEntity } from "@rainmaker/contracts/organization/permissions";

/** A column a list can be sorted by. Each has an index (organization_id, column, id), and one with owner_id before it. */
export type SortDefinition = {
  readonly column: string;
  readonly type: "text" | "date" | "timestamptz" | "bigint";
  /** Rows without a value stand last in both directions. */
  readonly isNullable: boolean;
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
  | "money";

/** A field that filters, saved views and exports can name. */
export type FilterField = {
  readonly column: string;
  readonly kind: FilterKind;
  /** What a choice can be; of a stage's kind, say. */
  readonly choices?: readonly string[];
  /** The column stands in another table, whose id is in this column of the record: the kind of its stage. */
  readonly through?: { readonly table: string; readonly key: string };
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
};

/** Declares an entity; keeps the names of its sorts and filters in the type. */
export function record<const Definition extends RecordDefinition>(definition: Definition): Definition {
  return definition;
}

export function numberOf({ numberPrefix }: Pick<RecordDefinition, "numberPrefix">, number: bigint | number): string {
  return `${numberPrefix}-${number}`;
}

export type Sort = SortDefinition & { readonly key: string; readonly isDescending: boolean };

/** Reads "-amount" as amount, descending. @param otherwise where the query names none */
export function sortOf(definition: RecordDefinition, text: string | undefined, otherwise: string): Sort {
  const key = text ?? otherwise;
  const isDescending = key.startsWith("-");
  const name = isDescending ? key.slice(1) : key;
  const sort = definition.sorts[name];
  if (sort === undefined) throw new RangeError(`${definition.name} has no sort ${name}`);
  return { ...sort, key, isDescending };
}
