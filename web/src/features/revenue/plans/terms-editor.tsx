import { currencyCodes } from "@rainmaker/contracts/currencies";
import type { PlanRuleTerms, PlanTerms } from "@rainmaker/contracts/revenue/plans";
import { Plus, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { useUser } from "#lib/session";
import { Button, IconButton } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { DateField } from "#ui/date-field";
import { SelectField } from "#ui/select-field";
import { freeName, newRate, newSpiff } from "./plan-values.ts";
import { RateEditor, SpiffEditor } from "./rule-editor.tsx";
import type { Faults } from "./use-plans.ts";

type TermsEditorProps = {
  readonly terms: PlanTerms;
  readonly startsOn: string | null;
  readonly faults: Faults;
  readonly onChange: (terms: PlanTerms, startsOn: string | null) => void;
};

/** The rules of a draft, typed: what can be said here is all that a plan can say. */
export function TermsEditor({ terms, startsOn, faults, onChange }: TermsEditorProps): ReactElement {
  const home = useUser().organization?.currency ?? "USD";
  const set = (changes: Partial<PlanTerms>): void => onChange({ ...terms, ...changes }, startsOn);
  const replace = (index: number, rule: PlanRuleTerms | null): void =>
    set({
      components: terms.components.flatMap((each, at) => (at === index ? (rule === null ? [] : [rule]) : [each])),
    });
  const names = [...new Set([home, ...currencyCodes])];
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <DateField
          label="Holds from"
          value={startsOn}
          error={faults.get("startsOn")}
          onChange={(day) => onChange(terms, day)}
        />
        <SelectField
          label="Counts and pays in"
          options={[
            { value: "", label: "Each payment's own currency" },
            ...names.map((value) => ({ value, label: value })),
          ]}
          value={terms.currency ?? ""}
          onChange={(currency) => set({ currency: currency === "" ? null : currency })}
        />
      </div>
      {terms.components.map((rule, index) => (
        // Rules have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Card key={index}>
          <CardHead
            title={rule.name}
            context={rule.kind === "spiff" ? "a sum for each deal" : undefined}
            end={
              terms.components.length > 1 && (
                <IconButton icon={Trash2} label={`Remove ${rule.name}`} onClick={() => replace(index, null)} />
              )
            }
          />
          <CardBody>
            {rule.kind === "rate" ? (
              <RateEditor
                rule={rule}
                currency={terms.currency ?? home}
                path={`components.${index}`}
                faults={faults}
                onChange={(next) => replace(index, next)}
              />
            ) : (
              <SpiffEditor
                rule={rule}
                currency={terms.currency ?? home}
                path={`components.${index}`}
                faults={faults}
                onChange={(next) => replace(index, next)}
              />
            )}
          </CardBody>
        </Card>
      ))}
      <div className="flex gap-2">
        <Button
          size="sm"
          icon={Plus}
          onClick={() => set({ components: [...terms.components, newRate(freeName("Rate", terms.components))] })}
        >
          Rate
        </Button>
        <Button
          size="sm"
          icon={Plus}
          onClick={() =>
            set({
              currency: terms.currency ?? home,
              components: [...terms.components, newSpiff(freeName("Extra", terms.components))],
            })
          }
        >
          Sum for each deal
        </Button>
      </div>
    </div>
  );
}
