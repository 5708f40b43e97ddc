import type { CustomerId } from "@rainmaker/contracts/ids";
import { lostReasons, moveOpportunity, type OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { X } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { signOf } from "#lib/format";
import { useForm } from "#lib/form";
import { useUser } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { Button, IconButton } from "#ui/button";
import { DateField } from "#ui/date-field";
import { FormProblem } from "#ui/form-problem";
import { Kbd } from "#ui/kbd";
import { MoneyField } from "#ui/money-field";
import { CustomerChoice } from "./customer-choice.tsx";
import { useToday } from "./use-today.ts";
import type { ClosingFacts } from "./move.ts";
import { lostReasonNames } from "./opportunity-words.ts";

type ClosingFormProps = {
  readonly card: OpportunityCard;
  readonly kind: "won" | "lost";
  /** @throws what concerns a field */
  readonly onClose: (facts: ClosingFacts) => Promise<void>;
  readonly onCancel: () => void;
};

/** What closing an opportunity asks for, in the place where it was closed. Esc leaves it open. */
export function ClosingForm(props: ClosingFormProps): ReactElement {
  return props.kind === "lost" ? <LostForm {...props} /> : <WonForm {...props} />;
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
        <IconButton icon={X} label="Leave it open" size="xs" onClick={onCancel} />
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

type WonValues = {
  readonly amount: string | null;
  readonly customerId: CustomerId | null;
  readonly closedOn: string | null;
};

function blank(today: string): WonValues {
  return { amount: null, customerId: null, closedOn: today };
}

/** Asks for the day it was signed, and for what is missing. */
function WonForm({ card, onClose, onCancel }: ClosingFormProps): ReactElement {
  const { organization } = useUser();
  const currency = card.amount?.currency ?? organization?.currency ?? "USD";
  const today = useToday();
  const lacks = { amount: card.amount === null || signOf(card.amount) <= 0, customer: card.customer === null };
  const form = useForm({
    initial: blank(today),
    schema: moveOpportunity.body,
    toBody: ({ amount, customerId, closedOn }) => ({
      stageId: card.stage.id,
      ...(closedOn !== null && { closedOn }),
      ...(amount !== null && { amount: { amount, currency } }),
      ...(customerId !== null && { customerId }),
    }),
    send: ({ amount, customerId, closedOn }) =>
      onClose({
        ...(amount !== undefined && { amount }),
        ...(customerId !== undefined && { customerId }),
        ...(closedOn !== undefined && { closedOn }),
      }),
  });
  return (
    <Frame label="Won" onCancel={onCancel}>
      <form {...form.props} className="flex flex-col gap-2.5">
        <FormProblem problem={form.problem} />
        {/* Hints hold the room of the errors: what is clicked next must not move away from under the pointer. */}
        {lacks.amount && (
          <MoneyField
            label="Sold for"
            hint={`In ${currency}`}
            size="sm"
            currency={currency}
            {...form.field("amount")}
          />
        )}
        {lacks.customer && (
          <CustomerChoice
            label="Customer"
            hint="Who bought it"
            size="sm"
            current={null}
            {...form.field("customerId")}
          />
        )}
        <DateField label="Signed on" size="sm" today={today} max={today} {...form.field("closedOn")} />
        <Button type="submit" tone="primary" size="sm" isLoading={form.isSending} className="pointer-coarse:h-11">
          Mark as won
        </Button>
      </form>
    </Frame>
  );
}
