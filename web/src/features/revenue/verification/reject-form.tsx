import { rejectReasons } from "@rainmaker/contracts/revenue/payments";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement, type SubmitEvent } from "react";
import { Button } from "#ui/button";
import { Kbd } from "#ui/kbd";
import { TextField } from "#ui/text-field";
import { reasonNames } from "../payments/payment-words.ts";
import type { Verdict } from "./use-queue.ts";

type Reason = (typeof rejectReasons)[number];

type RejectFormProps = {
  readonly repName: string;
  readonly onReject: (verdict: Verdict) => void;
  readonly onClose: () => void;
};

/** A number for the reason, words if they help, Enter. */
export function RejectForm({ repName, onReject, onClose }: RejectFormProps): ReactElement {
  const [reason, setReason] = useState<Reason | null>(null);
  const [note, setNote] = useState("");
  const [isTried, setIsTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const noteField = useRef<HTMLInputElement>(null);
  const name = useId();
  useEffect(() => first.current?.focus(), []);
  const needsWords = reason === "other" && note.trim() === "";

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (reason === null) {
      first.current?.focus();
    } else if (needsWords) {
      noteField.current?.focus();
    } else {
      const words = note.trim();
      onReject({ verdict: "rejected", reasonCode: reason, ...(words !== "" && { note: words }) });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
      return;
    }
    const chosen = rejectReasons[Number(event.key) - 1];
    // Words may begin with a figure.
    const isWriting = event.target === noteField.current;
    if (chosen === undefined || isWriting || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    setReason(chosen);
    noteField.current?.focus();
  };
  return (
    // Numbers choose and Escape leaves, from every field of it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form onSubmit={submit} onKeyDown={onKeyDown} noValidate className="flex flex-col gap-2.5">
      <fieldset className="flex flex-col" aria-describedby={isTried && reason === null ? `${name}-missing` : undefined}>
        <legend className="mb-1 font-medium">Why it goes back</legend>
        {rejectReasons.map((code, index) => (
          <label
            key={code}
            className="flex h-8 cursor-pointer items-center gap-2.5 rounded-[7px] px-2 hover:bg-hover has-checked:bg-selected has-[:focus-visible]:outline-2 has-[:focus-visible]:-outline-offset-2 has-[:focus-visible]:outline-focus pointer-coarse:h-11"
          >
            <input
              ref={index === 0 ? first : undefined}
              type="radio"
              name={name}
              value={code}
              checked={reason === code}
              onChange={() => setReason(code)}
              className="size-4 accent-[var(--brand-solid)] outline-none"
            />
            <span className="flex-1">{reasonNames[code]}</span>
            <Kbd keys={String(index + 1)} className="max-md:hidden" />
          </label>
        ))}
      </fieldset>
      {isTried && reason === null && (
        <p id={`${name}-missing`} role="alert" className="text-xs text-danger-fg">
          Choose a reason first.
        </p>
      )}
      <TextField
        label="In your words"
        isOptional={reason !== "other"}
        inputRef={noteField}
        maxLength={500}
        hint={`${repName} reads this.`}
        value={note}
        onChange={setNote}
        error={isTried && needsWords ? "Say in a few words what is wrong" : undefined}
      />
      <div className="grid grid-cols-2 gap-2">
        <Button shortcut="escape" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" tone="danger" shortcut="enter">
          Send back
        </Button>
      </div>
    </form>
  );
}
