import * as z from "zod/mini";
import { isTimeZone } from "../time.ts";

/** How a field compares with a value. Which of them a field takes follows from what it holds. */
export const filterOperators = [
  "is",
  "isNot",
  "in",
  "startsWith",
  "contains",
  "before",
  "after",
  "atLeast",
  "atMost",
  "empty",
  "filled",
] as const;
export type FilterOperator = (typeof filterOperators)[number];

const word = z.string().check(z.maxLength(200));
/** Text whatever the field holds: days as YYYY-MM-DD or a relative word, amounts as decimals, ids as ids. */
const FilterValue = z.union([word, z.array(word).check(z.maxLength(1000))]);

const Condition = z.strictObject({
  field: z.string().check(z.maxLength(60)),
  operator: z.enum(filterOperators),
  /** "in" takes a list; "empty" and "filled" take nothing. */
  value: z.optional(FilterValue),
});
export type Condition = z.output<typeof Condition>;

export type FilterRule = Condition | Filter;
/** Conditions that hold all together, or of which any one does; groups stand in groups. */
export type Filter = { readonly match: "all" | "any"; readonly rules: readonly FilterRule[] };

export const deepestFilter = 5;

const match = z.enum(["all", "any"]);
/** Built level by level instead of by reference to itself, so that nobody can nest without end. */
function groupOf(levels: number): z.ZodMiniType<Filter, Filter> {
  const rule = levels === 1 ? Condition : z.union([Condition, groupOf(levels - 1)]);
  return z.strictObject({ match, rules: z.array(rule).check(z.maxLength(50)) }) as z.ZodMiniType<Filter, Filter>;
}
export const Filter = groupOf(deepestFilter);

/** Whose calendar "today" is of: an IANA time zone, the organization's unless given. */
export const FilterZone = z
  .string()
  .check(z.maxLength(64, { abort: true }), z.refine(isTimeZone, "Not an IANA time zone"));

/** The filter of a list's query: a filter as JSON. */
export const filterQuery = {
  filter: z.optional(z.string().check(z.maxLength(16_000))),
  timeZone: z.optional(FilterZone),
};

export const noFilter: Filter = { match: "all", rules: [] };

/** Reads a filter from text. @returns null where it is not one */
export function parseFilter(text: string): Filter | null {
  try {
    const parsed = Filter.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function isGroup(rule: FilterRule): rule is Filter {
  return "rules" in rule;
}

/** Both filters together. */
export function bothFilters(one: Filter, other: Filter): Filter {
  const rules = [one, other].flatMap((filter) => (filter.match === "all" ? filter.rules : [filter]));
  return { match: "all", rules };
}
