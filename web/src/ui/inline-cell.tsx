import { use, useEffect, useRef, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { notify } from "#lib/toasts";
import { InlineEditor, useInlineEditing, type Inline } from "#ui/inline-editing";
import { ActiveRow } from "./active-row.ts";

type InlineCellProps<T> = Inline<T> & {
  /** Of the row, for "Next step of Juniper renewal". */
  readonly of: string;
  readonly align?: "left" | "right";
};

/** A cell that is edited where it stands: Tab reaches it in the current row, Enter opens it, Esc takes the value back. */
export function InlineCell<T>(props: InlineCellProps<T>): ReactElement {
  const { label, of, value, display, align = "left", onSave } = props;
  const isActiveRow = use(ActiveRow);
  const { state, opener, open, close, save, leave } = useInlineEditing({ value, onSave });
  // What is sent after a conflict is sent over what the row says then.
  const latest = useRef(onSave);
  useEffect(() => {
    latest.current = onSave;
  });
  const mine = state.kind === "conflict" ? state.mine : undefined;
  useEffect(() => {
    if (mine === undefined) return;
    const said = typeof mine === "string" && mine !== "" ? ` You wrote “${mine}”.` : "";
    notify({
      tone: "failed",
      title: `Somebody else changed the ${label.toLowerCase()} of ${of}`,
      detail: `Theirs is shown.${said}`,
      action: { label: "Use mine", run: () => void save(mine, latest.current) },
    });
    close();
    // The conflict is told once; what else is new in this drawing does not tell it again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [mine]);
  if (state.kind === "editing") {
    return (
      <span className="block min-w-40 py-0.5 text-left font-normal">
        <InlineEditor
          {...props}
          start={state.draft}
          refusal={state.error}
          onSend={(next) => void save(next, state.send)}
          onClose={close}
          onLeave={leave}
        />
      </span>
    );
  }
  return (
    <button
      ref={opener}
      type="button"
      tabIndex={isActiveRow ? 0 : -1}
      onClick={open}
      className={cx(
        "-mx-1.5 flex min-h-7 w-[calc(100%+12px)] min-w-0 items-center rounded-[7px] px-1.5 hover:shadow-[inset_0_0_0_1px_var(--border-default)]",
        align === "right" ? "justify-end text-right" : "text-left",
      )}
    >
      <span className="sr-only">
        Edit {label} of {of}:{" "}
      </span>
      {display ?? <span className="text-subtle">None</span>}
    </button>
  );
}
