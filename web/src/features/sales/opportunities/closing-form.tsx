import type { CustomerId } from "@rainmaker/contracts/ids";
import { lostReasons, type OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { moveOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import type { Stage, StageRequirement } from "@rainmaker/contracts/sales/pipelines";
import { X } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { useForm, type Form } from "#lib/form";
import { useUser } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { Button, IconButton } from "#ui/button";
import { DateField } from "#ui/date-field";
import { FormProblem } from "#ui/form-problem";
import { Kbd } from "#ui/kbd";
import { MoneyField } from "#ui/money-field";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";
import { CustomerChoice } from "./customer-choice.tsx";
import { useToday } from "./use-today.ts";
import type { ClosingFacts } from "./move.ts";
import { lostReasonNames, priorityChoices, stageVerbs, type priorityNames } from "./opportunity-words.ts";
import { lacksFor } from "./stage-entry.ts";

type ClosingFormProps = {
  readonly card: OpportunityCard;
  readonly stage: Stage;
  /** @throws what concerns a field */
  readonly onClose: (facts: ClosingFacts) => Promise<void>;
  readonly onCancel: () => void;
};

/** What a stage asks for before it takes an opportunity, in the place where that was dropped. Esc leaves it where it was. */
export function ClosingForm(props: ClosingFormProps): ReactElement {
  return props.stage.kind === "lost" ? <LostForm {...props} /> : <EntryForm {...props} />;
}

/** A frame that takes the focus and gives Esc a meaning. */
function Frame(props: {
  label: string;
  onCancel: () => void;
  onKey?: (key: string) => void;
  children: ReactNode;
}): ReactElement {
  const { label, onCancel, onKey, children } = props;
  const frame = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    frame.current?.querySelector<HTMLElement>("input, [data-first]")?.focus();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.defaultPrevented) onCancel();
    else onKey?.(event.key);
  };
  return (
    // Keys of the controls inside.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset ref={frame} aria-label={label} onKeyDown={onKeyDown} className="flex min-w-0 flex-col gap-2.5 text-left">
      <span className="flex items-center gap-2">
        <strong className="flex-1 font-medium">{label}</strong>
        <IconButton icon={X} label="Leave it where it is" size="xs" onClick={onCancel} />
      </span>
      {children}
    </fieldset>
  );
}

function LostForm({ onClose, onCancel }: ClosingFormProps): ReactElement {
  const isSent = useRef(false);
  const choose = (reason: (typeof lostReasons)[number] | undefined): void => {
    if (reason === undefined || isSent.current) return;
    isSent.current = true;
    onClose({ lostReason: reason }).catch((error: unknown) => {
      isSent.current = false;
      notifyFailure("Not marked as lost", error);
    });
  };
  return (
    <Frame
      label="Why was it lost?"
      onCancel={onCancel}
      onKey={(key) => choose(/^[1-9]$/.test(key) ? lostReasons[Number(key) - 1] : undefined)}
    >
      <span className="flex flex-col gap-1">
        {lostReasons.map((reason, index) => (
          <Button
            key={reason}
            size="sm"
            data-first={index === 0 ? "" : undefined}
            aria-keyshortcuts={String(index + 1)}
            className="justify-start pointer-coarse:h-11"
            onClick={() => choose(reason)}
          >
            <Kbd keys={String(index + 1)} />
            {lostReasonNames[reason]}
          </Button>
        ))}
      </span>
    </Frame>
  );
}

type Values = {
  readonly amount: string | null;
  readonly customerId: CustomerId | null;
  readonly closedOn: string | null;
  readonly expectedCloseOn: string | null;
  readonly nextStep: string;
  readonly source: string;
  readonly priority: keyof typeof priorityNames | "";
};

const blank: Values = {
  amount: null,
  customerId: null,
  closedOn: null,
  expectedCloseOn: null,
  nextStep: "",
  source: "",
  priority: "",
};

/** Asks for what the stage needs and the card lacks; where it is won, for the day it was signed. */
function EntryForm({ card, stage, onClose, onCancel }: ClosingFormProps): ReactElement {
  const { organization } = useUser();
  const currency = card.amount?.currency ?? organization?.currency ?? "USD";
  const today = useToday();
  const lacks = lacksFor(card, stage);
  const isWon = stage.kind === "won";
  const form = useForm({
    initial: isWon ? { ...blank, closedOn: today } : blank,
    schema: moveOpportunity.body,
    toBody: ({ amount, ...given }) => ({
      stageId: stage.id,
      ...(amount !== null && { amount: { amount, currency } }),
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== "")),
    }),
    send: ({ stageId: _stage, fromStageId: _from, afterId: _after, seenVersion: _seen, ...facts }) => onClose(facts),
  });
  const asks = (field: StageRequirement): boolean => lacks.includes(field);
  return (
    <Frame label={isWon ? "Won" : `${stage.name} needs`} onCancel={onCancel}>
      <form {...form.props} className="flex flex-col gap-2.5">
        <FormProblem problem={form.problem} />
        {/* Hints hold the room of the errors: what is clicked next must not move away from under the pointer. */}
        {asks("amount") && (
          <MoneyField
            label={isWon ? "Sold for" : "Value"}
            hint={`In ${currency}`}
            size="sm"
            currency={currency}
            {...form.field("amount")}
          />
        )}
        {asks("customerId") && (
          <CustomerChoice
            label="Customer"
            hint={isWon ? "Who bought it" : "Who buys"}
            size="sm"
            current={null}
            {...form.field("customerId")}
          />
        )}
        <PlanFields {...{ asks, form, today }} />
        {isWon && <DateField label="Signed on" size="sm" today={today} max={today} {...form.field("closedOn")} />}
        <Button type="submit" tone="primary" size="sm" isLoading={form.isSending} className="pointer-coarse:h-11">
          {stageVerbs[stage.kind](stage.name)}
        </Button>
      </form>
    </Frame>
  );
}

type PlanFieldsProps = {
  readonly asks: (field: StageRequirement) => boolean;
  readonly form: Pick<Form<Values>, "field">;
  readonly today: string;
};

function PlanFields({ asks, form, today }: PlanFieldsProps): ReactElement {
  return (
    <>
      {asks("expectedCloseOn") && (
        <DateField label="Expected close" size="sm" today={today} min={today} {...form.field("expectedCloseOn")} />
      )}
      {asks("nextStep") && <TextField label="Next step" size="sm" {...form.field("nextStep")} />}
      {asks("source") && <TextField label="Source" size="sm" {...form.field("source")} />}
      {asks("priority") && (
        <SelectField
          label="Priority"
          size="sm"
          placeholder="Choose"
          options={priorityChoices}
          {...form.field("priority")}
        />
      )}
    </>
  );
}
