import { Check, CircleAlert } from "lucide-react";
import type { ReactElement, ReactNode, Ref } from "react";
import { cx } from "#lib/class-names";
import { Button } from "#ui/button";
import { InlineEditor, useInlineEditing, type Inline } from "#ui/inline-editing";
import { Note } from "#ui/note";
import { Spinner } from "#ui/spinner";

type InlineFieldProps<T> = Inline<T> & {
  /** In place of a value: "Add a phone number". */
  readonly emptyLabel: string;
  /** After the value, such as a link that opens it. */
  readonly end?: ReactNode;
  /** Shown, not offered. */
  readonly isReadOnly?: boolean;
};

/**
 * A fact that is edited where it stands, in a dl. Enter or a click opens it, Enter or leaving saves, Esc takes the old
 * value back, Tab goes on to the next.
 */
export function InlineField<T>(props: InlineFieldProps<T>): ReactElement {
  const { label, value, end, onSave } = props;
  const { state, opener, open, close, save, leave } = useInlineEditing({ value, onSave });
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] items-start gap-x-1 py-px">
      <dt className="pt-1.5 text-subtle pointer-coarse:pt-3">{label}</dt>
      <dd className="min-w-0">
        {state.kind === "editing" ? (
          <InlineEditor
            {...props}
            start={state.draft}
            refusal={state.error}
            onSend={(next) => void save(next, state.send)}
            onClose={close}
            onLeave={leave}
          />
        ) : (
          <span className="flex min-w-0 items-center gap-1">
            <Shown {...props} ref={opener} status={state.kind} onOpen={open} />
            {end}
          </span>
        )}
        {state.kind === "conflict" && (
          <Conflict
            mine={state.mine}
            onKeepTheirs={() => leave(close)}
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
