import type { Filter, FilterRule } from "@rainmaker/contracts/records/filters";
import { TriangleAlert, X } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { useKey } from "#lib/keys";
import { AddFilterChip, ChipButton } from "#ui/filter-chip";
import { Popover } from "#ui/popover";
import { ConditionEditor } from "./condition-editor.tsx";
import { brokenRules, ruleWords, type ViewField } from "./view-fields.ts";

type FilterBarProps = {
  readonly fields: readonly ViewField[];
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  /** At the right: what was changed and how to keep it. */
  readonly end?: ReactNode;
};

/** The conditions of a list as chips; each opens to be changed. F adds one. */
export function FilterBar({ fields, filter, onChange, end }: FilterBarProps): ReactElement {
  const [isAdding, setIsAdding] = useState(false);
  useKey("f", "Filter", () => setIsAdding(true));
  const { match, rules } = filter;
  const put = (index: number, rule: FilterRule): void => onChange({ match, rules: rules.with(index, rule) });
  return (
    <fieldset aria-label="Filters" className="min-w-0 flex-none border-b border-line-subtle">
      {/* A fieldset centres nothing in its least height. */}
      <div className="flex min-h-11.5 items-center gap-2 overflow-x-auto pr-3.5 pl-5 [scrollbar-width:none] max-sm:px-4">
        {rules.map((rule, index) => (
          <RuleChip
            // oxlint-disable-next-line react/no-array-index-key -- a condition has no identity but its place
            key={index}
            rule={rule}
            fields={fields}
            onChange={(next) => put(index, next)}
            onRemove={() => onChange({ match, rules: rules.toSpliced(index, 1) })}
          />
        ))}
        <Popover label="New filter" isOpen={isAdding} onOpenChange={setIsAdding} trigger={<AddFilterChip />}>
          <ConditionEditor
            fields={fields}
            onDone={(condition) => {
              onChange({ match, rules: [...rules, condition] });
              setIsAdding(false);
            }}
          />
        </Popover>
        {end !== undefined && <span className="ml-auto flex flex-none items-center gap-2">{end}</span>}
      </div>
    </fieldset>
  );
}

type RuleChipProps = {
  readonly rule: FilterRule;
  readonly fields: readonly ViewField[];
  readonly onChange: (rule: FilterRule) => void;
  readonly onRemove: () => void;
};

function RuleChip({ rule, fields, onChange, onRemove }: RuleChipProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const { field, rest } = ruleWords(rule, fields);
  const text = (
    <>
      {field} <b>{rest}</b>
    </>
  );
  const isBroken = brokenRules({ match: "all", rules: [rule] }, fields).length > 0;
  const isEditable = !("rules" in rule) && fields.some(({ name }) => name === rule.field) && !Array.isArray(rule.value);
  return (
    <span className="inline-flex flex-none items-center">
      {isEditable ? (
        <Popover
          label={`Filter ${field}`}
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          trigger={<ChipButton isOn>{text}</ChipButton>}
        >
          <ConditionEditor
            fields={fields}
            condition={rule}
            onDone={(next) => {
              onChange(next);
              setIsOpen(false);
            }}
          />
        </Popover>
      ) : (
        <span
          className={cx(
            "inline-flex h-7 items-center gap-1.5 rounded-[7px] border px-2.25 text-[12.5px] whitespace-nowrap [&>b]:font-medium",
            isBroken
              ? "border-dashed border-warning-line bg-warning-soft text-warning-fg"
              : "border-brand-line bg-brand-soft text-brand-fg",
          )}
        >
          {isBroken && <TriangleAlert size={14} aria-hidden="true" />}
          {text}
        </span>
      )}
      <button
        type="button"
        aria-label={`Remove the filter ${field} ${rest}`}
        onClick={onRemove}
        className="ml-0.5 grid size-6 place-items-center rounded-sm text-subtle hover:bg-hover hover:text-default pointer-coarse:size-11"
      >
        <X size={12} aria-hidden="true" />
      </button>
    </span>
  );
}
