import { useEffect, useRef, useState, type ReactElement, type SubmitEvent } from "react";
import { sentenceOf } from "#lib/api-problem";
import { Button } from "#ui/button";
import { Note } from "#ui/note";
import { TextField } from "#ui/text-field";

type WordsFormProps = {
  readonly label: string;
  readonly hint: string;
  readonly submit: string;
  readonly tone?: "primary" | "danger";
  /** What is missing where nothing was written. */
  readonly missing: string;
  readonly onSend: (words: string) => Promise<unknown>;
  readonly onClose: () => void;
};

/** One sentence that somebody else will read, and Enter. */
export function WordsForm(props: WordsFormProps): ReactElement {
  const { label, hint, submit, tone = "primary", missing, onSend, onClose } = props;
  const field = useRef<HTMLInputElement>(null);
  const [words, setWords] = useState("");
  const [isTried, setIsTried] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => field.current?.focus(), []);
  const isMissing = words.trim() === "";
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setIsTried(true);
    if (isMissing || isSending) {
      field.current?.focus();
      return;
    }
    setIsSending(true);
    try {
      await onSend(words.trim());
      onClose();
    } catch (error) {
      setProblem(error);
      setIsSending(false);
    }
  };
  return (
    // Escape leaves, from every field of it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      noValidate
      aria-label={submit}
      onSubmit={(event) => void send(event)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="flex flex-col gap-2.5"
    >
      {problem !== null && (
        <Note tone="danger" isAlert>
          {sentenceOf(problem)}
        </Note>
      )}
      <TextField
        label={label}
        hint={hint}
        inputRef={field}
        maxLength={500}
        value={words}
        onChange={setWords}
        error={isTried && isMissing ? missing : undefined}
      />
      <div className="grid grid-cols-2 gap-2">
        <Button shortcut="escape" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" tone={tone} shortcut="enter" isLoading={isSending}>
          {submit}
        </Button>
      </div>
    </form>
  );
}
