import { minorDigits } from "@rainmaker/contracts/currencies";
import type { PlanRuleTerms, RateRule, SpiffRule } from "@rainmaker/contracts/revenue/plans";
import { Plus, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { Button, IconButton } from "#ui/button";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";
import { amountOf, percentOf, shareOfPercent } from "./plan-values.ts";
import { BonusList } from "./bonus-list.tsx";
import { TypedField } from "./typed-field.tsx";
import type { Faults } from "./use-plans.ts";

export type RuleEditorProps<Rule extends PlanRuleTerms> = {
  readonly rule: Rule;
  readonly currency: string;
  /** Where it stands among the rules: "components.0". */
  readonly path: string;
  readonly faults: Faults;
  readonly onChange: (rule: Rule) => void;
};

const creditOptions = [
  { value: "revenue", label: "What is credited to them" },
  { value: "overlay", label: "What is credited as an overlay" },
  { value: "team", label: "What the teams they lead are credited" },
] as const;
const modeOptions = [
  { value: "marginal", label: "Each rate pays on its own part" },
  { value: "retroactive", label: "The rate that is reached pays on everything" },
] as const;
const basisOptions = [
  { value: "amount", label: "Sums" },
  { value: "attainment", label: "Shares of the quota" },
] as const;
const boundaryOptions = [
  { value: "lower_inclusive", label: "The higher rate" },
  { value: "upper_inclusive", label: "The lower rate" },
] as const;
const quotaOptions = [
  { value: "base_rate_only", label: "Pays the first rate" },
  { value: "reject", label: "Waits for the quota" },
] as const;

/** A rule that pays rates: on what, by which tiers, and within which limits. */
export function RateEditor(props: RuleEditorProps<RateRule>): ReactElement {
  const { rule, currency, path, faults, onChange } = props;
  const change = (changes: Partial<RateRule>): void => onChange({ ...rule, ...changes });
  const sum = (text: string): string => amountOf(text, minorDigits(currency));
  const isShare = rule.basis === "attainment";
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <TextField
          label="Name"
          value={rule.name}
          error={faults.get(`${path}.name`)}
          onChange={(name) => change({ name })}
        />
        <SelectField
          label="Pays on"
          options={creditOptions}
          value={rule.credit}
          onChange={(credit) => change({ credit })}
        />
        <SelectField
          label="Tiers begin at"
          options={basisOptions}
          value={rule.basis}
          onChange={(basis) => change({ basis, ...plainBounds(rule) })}
        />
        <SelectField label="Tiers" options={modeOptions} value={rule.mode} onChange={(mode) => change({ mode })} />
      </div>
      <TierTable {...props} />
      <BonusList {...props} />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <TypedField
          label={isShare ? "Threshold, % of quota" : `Threshold, ${currency}`}
          isOptional
          value={rule.threshold}
          toText={isShare ? percentOf : plain}
          toValue={isShare ? shareOfPercent : sum}
          error={faults.get(`${path}.threshold`)}
          onChange={(threshold) => change({ threshold })}
        />
        <TypedField
          label={`Cap in a month, ${currency}`}
          isOptional
          value={rule.cap}
          toText={plain}
          toValue={sum}
          error={faults.get(`${path}.cap`)}
          onChange={(cap) => change({ cap })}
        />
        <SelectField
          label="Exactly at a bound"
          options={boundaryOptions}
          value={rule.boundary}
          onChange={(boundary) => change({ boundary })}
        />
        {isShare && (
          <SelectField
            label="A month without a quota"
            options={quotaOptions}
            value={rule.zeroQuota}
            onChange={(zeroQuota) => change({ zeroQuota })}
          />
        )}
      </div>
    </div>
  );
}

/** Sums are no shares: other measures begin with the first tier alone. */
function plainBounds({ tiers }: RateRule): Pick<RateRule, "tiers" | "threshold"> {
  return { tiers: tiers.slice(0, 1), threshold: null };
}

export function plain(value: string): string {
  return value;
}

function TierTable({ rule, currency, path, faults, onChange }: RuleEditorProps<RateRule>): ReactElement {
  const isShare = rule.basis === "attainment";
  const set = (index: number, changes: Partial<RateRule["tiers"][number]>): void =>
    onChange({ ...rule, tiers: rule.tiers.map((tier, at) => (at === index ? { ...tier, ...changes } : tier)) });
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs font-medium text-subtle">Rates</legend>
      {rule.tiers.map((tier, index) => (
        // Tiers have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex items-start gap-2">
          <TypedField
            label={`From, ${isShare ? "% of quota" : currency}, tier ${index + 1}`}
            isLabelHidden={index > 0}
            shownLabel={`From, ${isShare ? "% of quota" : currency}`}
            className="min-w-0 flex-1"
            disabled={index === 0}
            value={tier.from}
            toText={isShare ? percentOf : plain}
            toValue={isShare ? shareOfPercent : (text) => amountOf(text, minorDigits(currency))}
            error={faults.get(`${path}.tiers.${index}.from`)}
            onChange={(from) => set(index, { from: from ?? "" })}
          />
          <TypedField
            label={`Rate, %, tier ${index + 1}`}
            shownLabel="Rate, %"
            isLabelHidden={index > 0}
            className="w-24"
            value={tier.rate}
            toText={percentOf}
            toValue={shareOfPercent}
            error={faults.get(`${path}.tiers.${index}.rate`)}
            onChange={(rate) => set(index, { rate: rate ?? "" })}
          />
          <span className={index === 0 ? "invisible mt-5.5" : ""}>
            <IconButton
              icon={Trash2}
              label={`Remove tier ${index + 1}`}
              tone="ghost"
              onClick={() => onChange({ ...rule, tiers: rule.tiers.filter((_, at) => at !== index) })}
            />
          </span>
        </div>
      ))}
      {faults.has(`${path}.tiers`) && <p className="text-xs text-danger-fg">{faults.get(`${path}.tiers`)}</p>}
      <div className="flex items-center gap-2">
        <Button
          tone="ghost"
          size="sm"
          icon={Plus}
          onClick={() =>
            onChange({ ...rule, tiers: [...rule.tiers, { from: "", rate: rule.tiers.at(-1)?.rate ?? "0" }] })
          }
        >
          Tier
        </Button>
        <span className="text-xs text-subtle">A tier ends where the next begins.</span>
      </div>
    </fieldset>
  );
}

/** A sum for each deal, as long as its budget lasts. */
export function SpiffEditor({ rule, currency, path, faults, onChange }: RuleEditorProps<SpiffRule>): ReactElement {
  const change = (changes: Partial<SpiffRule>): void => onChange({ ...rule, ...changes });
  const sum = (text: string): string => amountOf(text, minorDigits(currency));
  return (
    <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
      <TextField
        label="Name"
        value={rule.name}
        error={faults.get(`${path}.name`)}
        onChange={(name) => change({ name })}
      />
      <TypedField
        label={`For each deal, ${currency}`}
        value={rule.perDeal}
        toText={plain}
        toValue={sum}
        error={faults.get(`${path}.perDeal`)}
        onChange={(perDeal) => change({ perDeal: perDeal ?? "" })}
      />
      <TypedField
        label={`Budget of everybody, ${currency}`}
        isOptional
        value={rule.budget}
        toText={plain}
        toValue={sum}
        error={faults.get(`${path}.budget`)}
        onChange={(budget) => change({ budget })}
      />
    </div>
  );
}
