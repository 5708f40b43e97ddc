import { Check, CloudOff, TriangleAlert, X } from "lucide-react";
import { useCallback, useEffect, useRef, useState, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { useKey } from "#lib/keys";
import { dismissToast, toastMs, undoLast, useToasts, type Toast } from "#lib/toasts";
import { Kbd } from "#ui/kbd";

const icons = { done: Check, waiting: CloudOff, failed: TriangleAlert } as const;

/**
 * The corner where things say that they are done, and how to take them back. At the left, clear of the buttons of
 * sheets; on phones at the top, clear of what a thumb reaches for. F8 moves there.
 */
export function ToastRegion(): ReactElement {
  const toasts = useToasts();
  const region = useRef<HTMLElement>(null);
  const [isPaused, setIsPaused] = useState(false);

  useKey("z", "Undo the last change", undoLast, { scope: "everywhere", isActive: toasts.length > 0 });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "F8") region.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  return (
    // The time stands still while somebody reads: no action, so nothing to reach by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={region}
      aria-label="Messages, F8"
      tabIndex={-1}
      onPointerEnter={() => setIsPaused(true)}
      onPointerLeave={() => setIsPaused(false)}
      onFocus={() => setIsPaused(true)}
      onBlur={() => setIsPaused(false)}
      data-toasts=""
      className="pointer-events-none absolute bottom-4 left-4 z-(--z-toast) w-[360px] max-w-[calc(100%-32px)] max-sm:top-3 max-sm:bottom-auto max-sm:w-auto max-sm:right-4"
    >
      <output aria-relevant="additions" className="block">
        <ol className="flex flex-col gap-2">
          {toasts.map((toast) => (
            <ToastItem key={toast.id} toast={toast} isPaused={isPaused} />
          ))}
        </ol>
      </output>
    </section>
  );
}

function ToastItem({ toast, isPaused }: { toast: Toast; isPaused: boolean }): ReactElement {
  const { id, tone, title, detail, action } = toast;
  const Icon = icons[tone];
  const dismiss = useCallback(() => dismissToast(id), [id]);
  useTimeout(dismiss, toastMs, isPaused);
  return (
    <li className="animate-rise pointer-events-auto flex min-h-11 items-center gap-2.75 rounded-[11px] bg-inverse py-2 pr-2 pl-3.5 text-on-inverse shadow-md">
      <Icon
        size={14}
        aria-hidden="true"
        className={cx(tone === "failed" && "text-[var(--red-300)] dark:text-[var(--red-700)]")}
      />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        {detail !== undefined && <span className="block text-xs text-on-inverse-muted">{detail}</span>}
      </span>
      {action !== undefined && (
        <button
          type="button"
          className={actionLook}
          onClick={() => {
            dismiss();
            action.run();
          }}
        >
          {action.label}
          {action.key !== undefined && (
            <Kbd keys={action.key} className="border-current/30 bg-transparent text-inherit" />
          )}
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className={cx(actionLook, "w-7 justify-center px-0")}
        onClick={dismiss}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </li>
  );
}

const actionLook =
  "inline-flex h-7 items-center gap-1.75 rounded-[7px] bg-[var(--bg-inverse-hover)] px-2.25 font-medium outline-offset-1 pointer-coarse:h-11 pointer-coarse:min-w-11";

/** Runs once after a time that stands still while it is paused. */
function useTimeout(run: () => void, ms: number, isPaused: boolean): void {
  const left = useRef(ms);
  useEffect(() => {
    if (isPaused) return undefined;
    const startedAt = Date.now();
    const timer = setTimeout(run, left.current);
    return () => {
      clearTimeout(timer);
      left.current = Math.max(1000, left.current - (Date.now() - startedAt));
    };
  }, [run, isPaused]);
}
