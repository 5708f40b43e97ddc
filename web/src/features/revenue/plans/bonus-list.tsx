import { minorDigits } from "@rainmaker/contracts/currencies";
import type { PlanBonus, RateRule } from "@rainmaker/contracts/revenue/plans";
import { Plus, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { Button, IconButton } from "#ui/button";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";
import { amountOf, percentOf, shareOfPercent } from "./plan-values.ts";
import { TypedField } from "./typed-field.tsx";
import type { Faults } from "./use-plans.ts";

type BonusListProps = {
  readonly rule: RateRule;
  readonly currency: string;
  readonly path: string;
  readonly faults: Faults;
  readonly onChange: (rule: RateRule) => void;
};

/** What comes on top of the base: a share of it, or a sum, once enough is credited. */
export function BonusList(props: BonusListProps): ReactElement {
  const { rule, onChange } = props;
  const add = (): void => {
    const number = rule.bonuses.length + 1;
    const bonus: PlanBonus = { code: `bonus-${number}`, label: `Bonus ${number}`, rate: "0.1", from: null };
    onChange({ ...rule, bonuses: [...rule.bonuses, bonus] });
  };
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium text-subtle">Bonuses</legend>
      {rule.bonuses.map((bonus, index) => (
        <BonusRow key={bonus.code} {...props} bonus={bonus} index={index} />
      ))}
      <div>
        <Button tone="ghost" size="sm" icon={Plus} onClick={add}>
          Bonus
        </Button>
      </div>
    </fieldset>
  );
}

type BonusRowProps = BonusListProps & { readonly bonus: PlanBonus; readonly index: number };

function BonusRow({ rule, bonus, index, currency, path, faults, onChange }: BonusRowProps): ReactElement {
  const replace = (next: PlanBonus | null): void =>
    onChange({
      ...rule,
      bonuses: rule.bonuses.flatMap((each, at) => (at === index ? (next === null ? [] : [next]) : [each])),
    });
  const isShare = bonus.rate !== undefined;
  const isQuota = rule.basis === "attainment";
  const sum = (text: string): string => amountOf(text, minorDigits(currency));
  const fault = (field: string): string | undefined => faults.get(`${path}.bonuses.${index}.${field}`);
  const { code, label, from } = bonus;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <TextField
        label="Called"
        className="min-w-32 flex-1"
        value={label}
        error={fault("label")}
        onChange={(text) => replace({ ...bonus, label: text })}
      />
      <SelectField
        label="Adds"
        className="w-32"
        options={[
          { value: "rate", label: "% of base" },
          { value: "amount", label: currency },
        ]}
        value={isShare ? "rate" : "amount"}
        onChange={(kind) =>
          replace(kind === "rate" ? { code, label, from, rate: "0.1" } : { code, label, from, amount: sum("100") })
        }
      />
      <TypedField
        label="How much"
        className="w-24"
        value={(isShare ? bonus.rate : bonus.amount) ?? null}
        toText={isShare ? percentOf : String}
        toValue={isShare ? shareOfPercent : sum}
        error={fault(isShare ? "rate" : "amount")}
        onChange={(value) =>
          replace(isShare ? { code, label, from, rate: value ?? "" } : { code, label, from, amount: value ?? "" })
        }
      />
      <TypedField
        label={isQuota ? "From, % of quota" : `From, ${currency}`}
        isOptional
        className="w-32"
        value={from}
        toText={isQuota ? percentOf : String}
        toValue={isQuota ? shareOfPercent : sum}
        error={fault("from")}
        onChange={(value) => replace({ ...bonus, from: value })}
      />
      <IconButton icon={Trash2} label={`Remove ${label}`} tone="ghost" onClick={() => replace(null)} />
    </div>
  );
}
