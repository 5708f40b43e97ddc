import { Check, CircleAlert } from "lucide-react";
import {
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
} from "react";
import { flushSync } from "react-dom";
import { ApiProblem, sentenceOf } from "#lib/api-problem";
import { cx } from "#lib/class-names";
import { FieldConflict } from "#lib/save-field";
import { Button } from "#ui/button";
import type { FieldProps } from "#ui/field";
import { Note } from "#ui/note";
import { Spinner } from "#ui/spinner";

type InlineFieldProps<T> = {
  readonly label: string;
  readonly value: T;
  /** How the value reads; null where there is none. No controls in it: it stands in a button. */
  readonly display: ReactNode;
  /** In place of a value: "Add a phone number". */
  readonly emptyLabel: string;
  /** After the value, such as a link that opens it. */
  readonly end?: ReactNode;
  /** Shown, not offered. */
  readonly isReadOnly?: boolean;
  /** What is wrong with what was typed, said before anything is sent. */
  readonly check?: (value: T) => string | undefined;
  /** Shows the new value at once and takes it back where it fails. @throws FieldConflict as saveField does */
  readonly onSave: (value: T) => Promise<unknown>;
  /** The editor: `{(field) => <TextField {...field} />}`. */
  readonly children: (field: FieldProps<T>) => ReactElement;
};

type State<T> =
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

/**
 * A fact that is edited where it stands, in a dl. Enter or a click opens it, Enter or leaving saves, Esc takes the old
 * value back, Tab goes on to the next.
 */
export function InlineField<T>(props: InlineFieldProps<T>): ReactElement {
  const { label, value, end, onSave } = props;
  const [state, setState] = useState<State<T>>({ kind: "shown" });
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
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] items-start gap-x-1 py-px">
      <dt className="pt-1.5 text-subtle pointer-coarse:pt-3">{label}</dt>
      <dd className="min-w-0">
        {state.kind === "editing" ? (
          <Editor
            {...props}
            start={state.draft}
            refusal={state.error}
            onSend={(next) => void save(next, state.send)}
            onClose={() => setState({ kind: "shown" })}
            onLeave={leave}
          />
        ) : (
          <span className="flex min-w-0 items-center gap-1">
            <Shown
              {...props}
              ref={opener}
              status={state.kind}
              onOpen={() => setState({ kind: "editing", draft: value, send: onSave })}
            />
            {end}
          </span>
        )}
        {state.kind === "conflict" && (
          <Conflict
            mine={state.mine}
            onKeepTheirs={() => leave(() => setState({ kind: "shown" }))}
            onUseMine={() => leave(() => void save(state.mine, onSave))}
          />
        )}
        <output className="sr-only">{state.kind === "saved" && `${label} saved`}</output>
      </dd>
    </div>
  );
}

type ShownProps<T> = InlineFieldProps<T> & {
  readonly ref: Ref<HTMLButtonElement>;
  readonly status: "shown" | "saving" | "saved" | "conflict";
  readonly onOpen: () => void;
};

function Shown<T>({
  ref,
  label,
  display,
  emptyLabel,
  isReadOnly = false,
  status,
  onOpen,
}: ShownProps<T>): ReactElement {
  const look = "flex min-h-8 min-w-0 flex-1 items-center gap-1.5 px-2 py-1 text-left pointer-coarse:min-h-11";
  if (isReadOnly) return <span className={look}>{display ?? <span className="text-subtle">None</span>}</span>;
  return (
    <button
      ref={ref}
      type="button"
      onClick={onOpen}
      className={cx(
        look,
        "rounded-[7px] shadow-[inset_0_0_0_1px_transparent] hover:bg-surface hover:shadow-[inset_0_0_0_1px_var(--border-default)]",
      )}
    >
      <span className="sr-only">Edit {label}: </span>
      <span className={cx("min-w-0 flex-1 break-words", display === null && "text-subtle")}>
        {display ?? emptyLabel}
      </span>
      {status === "saving" && <Spinner className="appears-late flex-none text-subtle" />}
      {status === "saved" && <Check size={14} aria-hidden="true" className="flex-none text-success-fg" />}
    </button>
  );
}

type EditorProps<T> = InlineFieldProps<T> & {
  readonly start: T;
  /** Why the server did not take what was typed. */
  readonly refusal: string | undefined;
  readonly onSend: (value: T) => void;
  readonly onClose: () => void;
  /** Runs it and puts the focus back where the editor was opened. */
  readonly onLeave: (run: () => void) => void;
};

function Editor<T>(props: EditorProps<T>): ReactElement {
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

type ConflictProps = { readonly mine: unknown; readonly onKeepTheirs: () => void; readonly onUseMine: () => void };

function Conflict({ mine, onKeepTheirs, onUseMine }: ConflictProps): ReactElement {
  return (
    <Note tone="warning" icon={CircleAlert} isAlert className="my-1">
      <p>
        Somebody else changed this meanwhile; theirs is shown.
        {typeof mine === "string" && mine !== "" && <> You wrote “{mine}”.</>}
      </p>
      <span className="mt-1.5 flex flex-wrap gap-2">
        <Button size="xs" onClick={onKeepTheirs}>
          Keep theirs
        </Button>
        <Button size="xs" onClick={onUseMine}>
          Use mine
        </Button>
      </span>
    </Note>
  );
}

function whyNot(error: unknown): string {
  const [first] = error instanceof ApiProblem ? error.errors : [];
  return first?.message ?? sentenceOf(error);
}
