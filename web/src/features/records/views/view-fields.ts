import type { Condition, Filter, FilterOperator, FilterRule } from "@rainmaker/contracts/records/filters";

export type ViewFieldKind = "text" | "choice" | "person" | "team" | "tags" | "day" | "number" | "money" | "activity";

/** A field people can filter a list by. */
export type ViewField = {
  readonly name: string;
  readonly label: string;
  readonly kind: ViewFieldKind;
  /** What it can be, where that is a few. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
};

/** The ways to compare that the screen offers, in words that continue "Name ...". */
const operators: Readonly<Record<ViewFieldKind, readonly (readonly [FilterOperator, string])[]>> = {
  text: [
    ["contains", "contains"],
    ["is", "is"],
    ["isNot", "is not"],
    ["startsWith", "begins with"],
    ["empty", "is empty"],
    ["filled", "is filled in"],
  ],
  choice: [
    ["is", "is"],
    ["isNot", "is not"],
  ],
  person: [
    ["is", "is"],
    ["isNot", "is not"],
    ["empty", "is nobody"],
  ],
  team: [
    ["is", "is"],
    ["isNot", "is not"],
  ],
  tags: [
    ["is", "include"],
    ["isNot", "do not include"],
    ["empty", "are none"],
  ],
  day: [
    ["is", "is"],
    ["before", "before"],
    ["after", "after"],
    ["empty", "is not set"],
  ],
  number: [
    ["atLeast", "at least"],
    ["atMost", "at most"],
    ["is", "is"],
    ["empty", "is not set"],
  ],
  money: [
    ["atLeast", "at least"],
    ["atMost", "at most"],
    ["empty", "is not set"],
  ],
  activity: [
    ["before", "none since"],
    ["after", "some since"],
    ["empty", "never"],
    ["filled", "ever"],
  ],
};

export function operatorsOf(
  kind: ViewFieldKind,
): readonly { readonly value: FilterOperator; readonly label: string }[] {
  return operators[kind].map(([value, label]) => ({ value, label }));
}

export function takesValue(operator: FilterOperator): boolean {
  return operator !== "empty" && operator !== "filled";
}

/** Periods offered for days; others can stand in a shared address. */
export const periodChoices = [
  { value: "today", label: "today" },
  { value: "yesterday", label: "yesterday" },
  { value: "tomorrow", label: "tomorrow" },
  { value: "this_week", label: "this week" },
  { value: "last_week", label: "last week" },
  { value: "next_week", label: "next week" },
  { value: "this_month", label: "this month" },
  { value: "last_month", label: "last month" },
  { value: "next_month", label: "next month" },
  { value: "this_quarter", label: "this quarter" },
  { value: "last_quarter", label: "last quarter" },
  { value: "next_quarter", label: "next quarter" },
  { value: "this_year", label: "this year" },
  { value: "last_year", label: "last year" },
  { value: "-7d", label: "7 days ago" },
  { value: "-14d", label: "14 days ago" },
  { value: "-30d", label: "30 days ago" },
  { value: "-90d", label: "90 days ago" },
  { value: "+14d", label: "in 14 days" },
  { value: "+30d", label: "in 30 days" },
  { value: "+90d", label: "in 90 days" },
] as const;

/** Whether its values are days, or words for some. */
export function isOfDays({ kind }: ViewField): boolean {
  return kind === "day" || kind === "activity";
}

/** What a value of a field is called. */
function valueWords(field: ViewField, value: string): string {
  const options = isOfDays(field) ? periodChoices : (field.options ?? []);
  return options.find((option) => option.value === value)?.label ?? value;
}

/** A condition as a chip says it: "Industry", "is not Rail". */
export function conditionWords(condition: Condition, fields: readonly ViewField[]): { field: string; rest: string } {
  const field = fields.find(({ name }) => name === condition.field);
  if (field === undefined) return { field: condition.field, rest: "is no longer a field" };
  const { operator, value } = condition;
  const verb = operatorsOf(field.kind).find((one) => one.value === operator)?.label ?? operator;
  const values = (typeof value === "string" ? [value] : (value ?? [])).map((one) => valueWords(field, one));
  // "Owner Maya" needs no verb.
  const isPlain = operator === "is" || operator === "in";
  return {
    field: field.label,
    rest: [isPlain && values.length > 0 ? "" : verb, values.join(", ")].filter(Boolean).join(" "),
  };
}

/** A rule of the bar; what stands in a group is told as its parts. */
export function ruleWords(rule: FilterRule, fields: readonly ViewField[]): { field: string; rest: string } {
  if (!("rules" in rule)) return conditionWords(rule, fields);
  const parts = rule.rules.map((one) => {
    const { field, rest } = ruleWords(one, fields);
    return `${field} ${rest}`;
  });
  return {
    field: rule.match === "any" ? "Any of" : "All of",
    rest: parts.join(rule.match === "any" ? " or " : " and "),
  };
}

/** The filter without what is broken in it, at any depth. */
export function withoutBroken(filter: Filter, fields: readonly ViewField[]): Filter {
  const rules = filter.rules.flatMap((rule): FilterRule[] => {
    if ("rules" in rule) return [withoutBroken(rule, fields)].filter((group) => group.rules.length > 0);
    return brokenRules({ match: "all", rules: [rule] }, fields).length > 0 ? [] : [rule];
  });
  return { match: filter.match, rules };
}

/** Names of fields a filter uses that the list does not have (any more). */
export function brokenRules(filter: Filter, fields: readonly ViewField[]): readonly FilterRule[] {
  const isKnown = (rule: FilterRule): boolean =>
    "rules" in rule ? rule.rules.every(isKnown) : rule.field === "id" || fields.some(({ name }) => name === rule.field);
  return filter.rules.filter((rule) => !isKnown(rule));
}
