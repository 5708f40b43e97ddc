import type { Filter } from "@rainmaker/contracts/records/filters";
import { FilterX } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { brokenRules, ruleWords, withoutBroken, type ViewField } from "./view-fields.ts";

/** Whether a filter asks for something the list does not have: its rows are not read then. */
export function isBroken(filter: Filter, fields: readonly ViewField[]): boolean {
  return brokenRules(filter, fields).length > 0;
}

type BrokenFilterProps = {
  readonly filter: Filter;
  readonly fields: readonly ViewField[];
  readonly onChange: (filter: Filter) => void;
};

/** In place of the rows: a condition cannot be asked, and leaving it out would show more than was meant. */
export function BrokenFilter({ filter, fields, onChange }: BrokenFilterProps): ReactElement {
  const names = brokenRules(filter, fields).map((rule) => ruleWords(rule, fields).field);
  return (
    <EmptyState
      icon={FilterX}
      title={`${names.join(", ")} cannot be filtered by any more`}
      actions={
        <Button size="sm" onClick={() => onChange(withoutBroken(filter, fields))}>
          Show the list without it
        </Button>
      }
    >
      The field was removed, or you may not see it. Without this condition the list has more rows than was meant, so
      none are shown until you say so.
    </EmptyState>
  );
}
