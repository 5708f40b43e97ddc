import type { Dispute } from "@rainmaker/contracts/revenue/disputes";
import { useState, type KeyboardEvent, type ReactElement, type SubmitEvent } from "react";
import { formatMoney } from "#lib/format";
import { useKey } from "#lib/keys";
import { useCan, useUser } from "#lib/session";
import { Button } from "#ui/button";
import { MoneyField } from "#ui/money-field";
import { Segmented } from "#ui/segmented";
import { TextArea } from "#ui/text-field";
import { differenceOf } from "./dispute-words.ts";
import { useDisputeActs, type Answer } from "./use-disputes.ts";

type Way = "accepted" | "partly" | "declined" | "ask";

const ways = [
  { value: "accepted", label: "Accept" },
  { value: "partly", label: "Accept in part" },
  { value: "declined", label: "Decline" },
  { value: "ask", label: "Ask" },
] as const satisfies readonly { value: Way; label: string }[];

/** What is being answered; undefined while something is missing. */
function useAnswer(dispute: Dispute, mayAnswer: boolean) {
  const [way, setWay] = useState<Way>(mayAnswer ? "accepted" : "ask");
  const [words, setWords] = useState("");
  const [amount, setAmount] = useState<string | null>(null);
  const [isTried, setIsTried] = useState(false);
  const acts = useDisputeActs(dispute);
  const isMissing = { words: words.trim() === "", amount: way === "partly" && amount === null };
  const send = async (): Promise<void> => {
    setIsTried(true);
    if (isMissing.words || isMissing.amount) return;
    const body = words.trim();
    const done = await (way === "ask" ? acts.ask(body) : acts.answer(answerOf(dispute, way, body, amount)));
    if (!done) return;
    setWords("");
    setIsTried(false);
  };
  const errors = {
    words: isTried && isMissing.words ? "Say why: everybody who sees this reads it" : undefined,
    amount: isTried && isMissing.amount ? "Write what the line comes to" : undefined,
  };
  return { way, setWay, words, setWords, amount, setAmount, errors, acts, send };
}

/** The answer: a way, words the person will read, and for a part what the line comes to. */
export function AnswerBar({ dispute }: { readonly dispute: Dispute }): ReactElement {
  const isOwn = dispute.participant.id === useUser().id;
  const mayAnswer = useCan("dispute.answer") && !isOwn;
  const { way, setWay, words, setWords, amount, setAmount, errors, acts, send } = useAnswer(dispute, mayAnswer);
  const options = { isActive: mayAnswer };
  useKey("1", "Accept", () => setWay("accepted"), options);
  useKey("2", "Accept in part", () => setWay("partly"), options);
  useKey("3", "Decline", () => setWay("declined"), options);
  useKey("4", "Ask", () => setWay("ask"), options);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
  };
  return (
    // Ctrl or Cmd with Enter sends from every field of it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      aria-label="Answer"
      noValidate
      onSubmit={submit}
      onKeyDown={onKeyDown}
      className="flex flex-none flex-col gap-3 rounded-lg border bg-surface p-3.5"
    >
      {mayAnswer && (
        <div className="overflow-x-auto">
          <Segmented label="Answer" options={ways} value={way} onChange={setWay} />
        </div>
      )}
      {way === "partly" && (
        <MoneyField
          label="The line comes to"
          currency={dispute.posted.currency}
          value={amount}
          onChange={setAmount}
          error={errors.amount}
          hint={`Between ${formatMoney(dispute.posted)} and ${formatMoney(dispute.expected)}`}
          className="w-52"
        />
      )}
      <TextArea label={way === "ask" ? "Message" : "Reason"} value={words} onChange={setWords} error={errors.words} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="mr-auto min-w-0 flex-1 basis-44 text-xs text-muted">{notes[way]}</p>
        {isOwn && (
          <Button isLoading={acts.isBusy} onClick={() => void acts.withdraw()}>
            Withdraw
          </Button>
        )}
        <Button type="submit" tone="primary" shortcut="mod+enter" isLoading={acts.isBusy}>
          {labelOf(dispute, way)}
        </Button>
      </div>
    </form>
  );
}

const posted = "The statement is never edited: a line of its own is posted that names this dispute.";
const notes: Readonly<Record<Way, string>> = {
  accepted: posted,
  partly: posted,
  declined: "Nothing is posted; the reason stays here.",
  ask: "Nothing is posted.",
};

function labelOf(dispute: Dispute, way: Way): string {
  if (way === "ask") return "Send";
  if (way === "accepted") return `Accept ${formatMoney(differenceOf(dispute), { bare: true, signed: true })}`;
  return way === "partly" ? "Accept in part" : "Decline";
}

function answerOf(
  { version, posted: { currency } }: Dispute,
  verdict: Exclude<Way, "ask">,
  body: string,
  amount: string | null,
): Answer {
  const said = { body, seenVersion: version };
  if (verdict !== "partly") return { verdict, ...said };
  return { verdict, expected: { amount: amount ?? "", currency }, ...said };
}
