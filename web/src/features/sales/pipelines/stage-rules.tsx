import { stageRequirements, type StageRequirement } from "@rainmaker/contracts/sales/pipelines";
import type { StageId } from "@rainmaker/contracts/ids";
import type { ReactElement } from "react";
import { Checkbox } from "#ui/checkbox";
import { requirementWords } from "../opportunities/opportunity-words.ts";
import type { StageValue } from "./stage-drafts.ts";

type StageRulesProps = {
  readonly stage: StageValue;
  /** Those it could lead to: the others that have been saved. */
  readonly others: readonly (StageValue & { readonly id: StageId })[];
  readonly onChange: (changes: Partial<StageValue>) => void;
};

/** What an opportunity must say before it enters, and where it may go from here. */
export function StageRules({ stage, others, onChange }: StageRulesProps): ReactElement {
  const { requirements, nextStageIds } = stage;
  const ask = (one: StageRequirement, isOn: boolean): void =>
    onChange({ requirements: stageRequirements.filter((each) => (each === one ? isOn : requirements.includes(each))) });
  const lead = (one: StageId, isOn: boolean): void =>
    onChange({
      nextStageIds: others.flatMap(({ id }) => ((id === one ? isOn : nextStageIds?.includes(id)) ? [id] : [])),
    });
  return (
    <div className="grid gap-4 pt-3 sm:grid-cols-2">
      <fieldset>
        <legend className="pb-1.5 text-xs font-medium text-muted">Asks for, before an opportunity enters</legend>
        <div className="grid gap-1.5 sm:grid-cols-2">
          {stageRequirements.map((one) => (
            <Checkbox
              key={one}
              label={capital(requirementWords[one])}
              checked={requirements.includes(one)}
              onChange={(isOn) => ask(one, isOn)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="pb-1.5 text-xs font-medium text-muted">Leads to</legend>
        <div className="grid gap-1.5 sm:grid-cols-2">
          <Checkbox
            label="Any stage"
            checked={nextStageIds === null}
            onChange={(isAny) => onChange({ nextStageIds: isAny ? null : others.map(({ id }) => id) })}
          />
          {nextStageIds !== null &&
            others.map(({ id, name }) => (
              <Checkbox key={id} label={name} checked={nextStageIds.includes(id)} onChange={(isOn) => lead(id, isOn)} />
            ))}
        </div>
      </fieldset>
    </div>
  );
}

/** "a value" as "Value". */
function capital(words: string): string {
  const bare = words.replace(/^an? /, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
