import { invalidField } from "#platform/errors";

type Choices<Field extends string> = { readonly [Name in Field]?: string | undefined };

/** The record that stays, then the others. */
type Together<Item> = readonly [Item, ...Item[]];

/**
 * The fields of the record that stays: each of the record it was chosen from; without a choice its own, or where that is
 * empty the first that is not.
 * @throws Refusal 422 where a choice names another record
 */
export function chosenFields<Item extends { readonly id: string }, Field extends keyof Item & string>(
  records: Together<Item>,
  fields: readonly Field[],
  choices: Choices<Field>,
): Pick<Item, Field> {
  const chosen = fields.map((field) => [field, valueOf(records, field, choices[field])] as const);
  return Object.fromEntries(chosen) as Pick<Item, Field>;
}

function valueOf<Item extends { readonly id: string }>(
  records: Together<Item>,
  field: keyof Item & string,
  chosenId: string | undefined,
): unknown {
  if (chosenId === undefined) return (records.find((record) => !isEmpty(record[field])) ?? records[0])[field];
  const source = records.find(({ id }) => id === chosenId);
  if (source === undefined) {
    throw invalidField(`choices.${field}`, "not_merged", "Choose one of the records that are merged");
  }
  return source[field];
}

/** Values of the organization's own fields: of each the first that there is. */
export function unitedValues<Value>(
  documents: readonly Readonly<Record<string, Value>>[],
): Readonly<Record<string, Value>> {
  const values = documents.toReversed().flatMap((document) => Object.entries(document));
  return Object.fromEntries(values.filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "";
}

/** Ids of the records to merge, the one that stays first. @throws Refusal 422 where one is named twice */
export function idsToMerge(survivorId: string, others: readonly { readonly id: string }[]): [string, ...string[]] {
  const ids: [string, ...string[]] = [survivorId, ...others.map(({ id }) => id)];
  const repeated = ids.findIndex((id, place) => ids.indexOf(id) < place);
  if (repeated > 0) {
    throw invalidField(`others[${repeated - 1}].id`, "named_twice", "A record cannot be merged with itself");
  }
  return ids;
}

/** Counts of moved rows by table, for telling people; none that are zero. */
export function countsOf(
  moved: readonly Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>[],
): { what: string; count: number }[] {
  return moved
    .flatMap((tables) => Object.entries(tables))
    .map(([what, byId]) => ({ what, count: Object.values(byId).reduce((sum, ids) => sum + ids.length, 0) }))
    .filter(({ count }) => count > 0);
}
