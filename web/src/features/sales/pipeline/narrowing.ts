import type { Condition, Filter } from "@rainmaker/contracts/records/filters";
import { bothFilters, isGroup } from "@rainmaker/contracts/records/filters";
import { addDays } from "@rainmaker/contracts/time";
import type { PipelineSearch } from "./search.ts";

function names(filter: Filter, fields: readonly string[]): boolean {
  return filter.rules.some((rule) => (isGroup(rule) ? names(rule, fields) : fields.includes(rule.field)));
}

/**
 * All that narrows the table as one filter: what the address says beside the view's own conditions. A table is of what
 * is open, unless the conditions ask about stages or closing themselves; and of one pipeline, unless they name one.
 * @param today the organization's day
 */
export function tableFilter(search: PipelineSearch, filter: Filter, pipelineId: string, today: string): Filter {
  const { stage, owner, team, within } = search;
  const is = (field: string, value: string | undefined): Condition[] =>
    value === undefined ? [] : [{ field, operator: "is", value }];
  const closes: Condition[] =
    within === undefined ? [] : [{ field: "expectedCloseOn", operator: "before", value: addDays(today, within + 1) }];
  const isAboutStages = names(filter, ["stageId", "stageKind", "closedOn"]);
  const state = stage !== undefined ? is("stageId", stage) : isAboutStages ? [] : is("stageKind", "open");
  const place = names(filter, ["pipelineId"]) ? [] : is("pipelineId", pipelineId);
  const rules = [...place, ...state, ...is("ownerId", owner), ...is("teamId", team), ...closes];
  return bothFilters({ match: "all", rules }, filter);
}
