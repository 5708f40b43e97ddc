import { returnDeal } from "@rainmaker/contracts/revenue/deal-changes";
import { type Deal } from "@rainmaker/contracts/revenue/deals";
import { useEffect, useRef, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { TextField } from "#ui/text-field";

type ReturnFormProps = {
  readonly deal: Deal;
  readonly onDone: (deal: Deal) => void;
  readonly onClose: () => void;
};

/** Sends a deal back with a reason its rep will read. */
export function ReturnForm({ deal, onDone, onClose }: ReturnFormProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const key = useIntentKey();
  const form = useForm({
    initial: { reason: "" },
    schema: returnDeal.body,
    toBody: ({ reason }) => ({ reason, seenVersion: deal.version }),
    send: (body) => {
      const intent = { params: { dealId: deal.id }, body };
      return call(returnDeal, { ...intent, idempotencyKey: key(intent) });
    },
    onDone: (returned) => {
      void invalidateEntities(["deal"]);
      notify({ tone: "done", title: `${deal.number} returned to ${deal.owner.name}` });
      onDone(returned);
    },
    words: { too_small: "Say what has to change" },
  });
  useEffect(() => input.current?.focus(), []);
  return (
    // Escape leaves, from every field of it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      {...form.props}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
      className="flex flex-col gap-3"
    >
      <FormProblem problem={form.problem} changed="The deal was changed meanwhile. Close this and look again." />
      <TextField
        label="Why it goes back"
        inputRef={input}
        maxLength={500}
        hint={`${deal.owner.name} reads this.`}
        {...form.field("reason")}
      />
      <div className="flex justify-end gap-2">
        <Button shortcut="escape" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" tone="primary" shortcut="enter" isLoading={form.isSending}>
          Return to draft
        </Button>
      </div>
    </form>
  );
}
