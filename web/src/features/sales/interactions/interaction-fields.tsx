import type { Outcome } from "@rainmaker/contracts/sales/interactions";
import { addDays } from "@rainmaker/contracts/time";
import type { ReactElement } from "react";
import { DateField } from "#ui/date-field";
import { TextField } from "#ui/text-field";
import { useToday } from "../opportunities/use-today.ts";
import { ChoiceChips } from "./choice-chips.tsx";
import { lengthText, outcomeNames, outcomesOf } from "./interaction-words.ts";
import type { Draft, Facts } from "./interaction-draft.ts";

type OutcomeFieldProps = {
  readonly kind: Draft["kind"];
  readonly value: Outcome | null;
  readonly onChange: (outcome: Outcome | null) => void;
};

/** How it ended; a note ends in nothing. */
export function OutcomeField({ kind, value, onChange }: OutcomeFieldProps): ReactElement | null {
  const outcomes = outcomesOf(kind);
  if (outcomes.length === 0) return null;
  return (
    <ChoiceChips
      label="Outcome"
      value={value}
      onChange={onChange}
      options={outcomes.map((outcome) => ({ value: outcome, label: outcomeNames[outcome] }))}
    />
  );
}

const steps = [1, 3, 7];

type FollowUpFieldProps = { readonly value: string | null; readonly onChange: (day: string | null) => void };

/** When to come back to it: tomorrow, in three days, in a week, or any day. */
export function FollowUpField({ value, onChange }: FollowUpFieldProps): ReactElement {
  const today = useToday();
  return (
    <ChoiceChips
      label="Follow-up"
      value={value}
      onChange={onChange}
      options={steps.map((days) => ({ value: addDays(today, days), label: days === 7 ? "+1 w" : `+${days} d` }))}
    >
      <DateField
        label="Follow-up day"
        isLabelHidden
        size="sm"
        className="w-40"
        value={value}
        onChange={onChange}
        today={today}
        min={addDays(today, 1)}
      />
    </ChoiceChips>
  );
}

type WhenProps = {
  readonly draft: Draft;
  readonly facts: Facts;
  readonly onChange: (changes: Partial<Draft>) => void;
};

/** How long it took and when it was: now, unless said otherwise. */
export function LengthAndDay({ draft, facts, onChange }: WhenProps): ReactElement {
  const today = useToday();
  const length = draft.length ?? (facts.minutes === null ? "" : lengthText(facts.minutes));
  return (
    <div className="relative flex flex-wrap items-center gap-1.5 pl-21.5 max-sm:pl-0">
      <span aria-hidden="true" className="absolute top-1 left-0 text-subtle max-sm:static max-sm:w-full">
        When
      </span>
      <DateField
        label="Day"
        isLabelHidden
        size="sm"
        className="w-40"
        value={draft.day ?? today}
        onChange={(day) => onChange({ day })}
        today={today}
        max={today}
      />
      <TextField
        label="Time"
        isLabelHidden
        size="sm"
        className="w-20"
        placeholder={(draft.day ?? today) === today ? "now" : "12:00"}
        value={draft.time ?? ""}
        onChange={(time) => onChange({ time, day: draft.day ?? today })}
      />
      {(draft.kind === "call" || draft.kind === "meeting") && (
        <TextField
          label="Length"
          isLabelHidden
          size="sm"
          className="w-28"
          placeholder="Length, 20 min"
          value={length}
          onChange={(next) => onChange({ length: next })}
        />
      )}
    </div>
  );
}
