import {
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
} from "react";
import { flushSync } from "react-dom";
import { ApiProblem, sentenceOf } from "#lib/api-problem";
import { FieldConflict } from "#lib/save-field";
import type { FieldProps } from "#ui/field";

/** A value that is edited where it stands. */
export type Inline<T> = {
  readonly label: string;
  readonly value: T;
  /** How the value reads; null where there is none. No controls in it: it stands in a button. */
  readonly display: ReactNode;
  /** What is wrong with what was typed, said before anything is sent. */
  readonly check?: (value: T) => string | undefined;
  /** Shows the new value at once and takes it back where it fails. @throws FieldConflict as saveField does */
  readonly onSave: (value: T) => Promise<unknown>;
  /** The editor: `{(field) => <TextField {...field} />}`. */
  readonly children: (field: FieldProps<T>) => ReactElement;
};

export type InlineState<T> =
  | { readonly kind: "shown" | "saving" | "saved" }
  | {
      readonly kind: "editing";
      readonly draft: T;
      readonly error?: string;
      /** `onSave` as it was when editing began: what somebody else changes meanwhile was not seen by who is typing. */
      readonly send: (value: T) => Promise<unknown>;
    }
  /** Somebody else changed it meanwhile: theirs is shown, ours is kept until the person has decided. */
  | { readonly kind: "conflict"; readonly mine: T };

const savedMs = 2000;

type InlineEditing<T> = {
  readonly state: InlineState<T>;
  readonly opener: RefObject<HTMLButtonElement | null>;
  readonly open: () => void;
  readonly close: () => void;
  readonly save: (next: T, send: (value: T) => Promise<unknown>) => Promise<void>;
  /** Runs it and puts the focus back where the editor was opened. */
  readonly leave: (run: () => void) => void;
};

/** What becomes of a value while somebody edits it: opened, sent, refused, or overtaken by somebody else. */
export function useInlineEditing<T>({ value, onSave }: Pick<Inline<T>, "value" | "onSave">): InlineEditing<T> {
  const [state, setState] = useState<InlineState<T>>({ kind: "shown" });
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (state.kind !== "saved") return undefined;
    const timer = setTimeout(() => setState({ kind: "shown" }), savedMs);
    return () => clearTimeout(timer);
  }, [state]);

  const save = async (next: T, send: (value: T) => Promise<unknown>): Promise<void> => {
    setState({ kind: "saving" });
    try {
      await send(next);
      setState({ kind: "saved" });
    } catch (error) {
      const isTheirs = error instanceof FieldConflict;
      setState(
        isTheirs ? { kind: "conflict", mine: next } : { kind: "editing", draft: next, error: whyNot(error), send },
      );
    }
  };
  /** Drawn at once, so that there is something to put the focus on. */
  const leave = (run: () => void): void => {
    flushSync(run);
    opener.current?.focus();
  };
  const close = (): void => setState({ kind: "shown" });
  const open = (): void => setState({ kind: "editing", draft: value, send: onSave });
  return { state, opener, open, close, save, leave };
}

type InlineEditorProps<T> = Pick<Inline<T>, "label" | "value" | "check" | "children"> & {
  readonly start: T;
  /** Why the server did not take what was typed. */
  readonly refusal: string | undefined;
  readonly onSend: (value: T) => void;
  readonly onClose: () => void;
  /** Runs it and puts the focus back where the editor was opened. */
  readonly onLeave: (run: () => void) => void;
};

/** The field itself: Enter or leaving saves, Esc takes the old value back. */
export function InlineEditor<T>(props: InlineEditorProps<T>): ReactElement {
  const { label, value, start, refusal, check, onSend, onClose, onLeave } = props;
  const frame = useRef<HTMLDivElement>(null);
  // Fields settle what was typed in the same event that saves it: the ref knows before the next drawing.
  const latest = useRef(start);
  const [draft, setDraft] = useState(start);
  const [error, setError] = useState(refusal);
  // Some browsers say blur once more when the field is taken away.
  const isDone = useRef(false);
  useEffect(() => {
    // After a refusal the person may be busy elsewhere by now.
    if (document.activeElement !== document.body) return;
    const field = frame.current?.querySelector<HTMLElement>("input, textarea, select, button");
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  }, []);

  const finish = (run: (act: () => void) => void, act: () => void): void => {
    if (isDone.current) return;
    isDone.current = true;
    run(act);
  };
  const settle = (run: (act: () => void) => void): void => {
    const next = latest.current;
    const isChanged = JSON.stringify(next) !== JSON.stringify(value);
    const wrong = isChanged ? check?.(next) : undefined;
    if (wrong !== undefined) setError(wrong);
    else finish(run, isChanged ? () => onSend(next) : onClose);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // A list that is open in the field has these keys for itself.
    if (event.defaultPrevented || isInLayer(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") finish(onLeave, onClose);
    else settle(onLeave);
  };
  const onBlur = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (to instanceof Node && (frame.current?.contains(to) === true || isInLayer(to))) return;
    settle((act) => act());
  };
  return (
    // Keys of the field inside; leaving it saves.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={frame} onKeyDown={onKeyDown} onBlur={onBlur}>
      {/* oxlint-disable-next-line react/refs -- onChange runs in an event, not while drawing */}
      {props.children({
        label,
        isLabelHidden: true,
        size: "sm",
        value: draft,
        onChange: (next) => {
          latest.current = next;
          setDraft(next);
          setError(undefined);
        },
        error,
      })}
    </div>
  );
}

function isInLayer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-radix-popper-content-wrapper]") !== null;
}

function whyNot(error: unknown): string {
  const [first] = error instanceof ApiProblem ? error.errors : [];
  return first?.message ?? sentenceOf(error);
}
