import { sentenceOf } from "./api-problem.ts";
import { createStore, useStore } from "./store.ts";

type ToastTone = "done" | "waiting" | "failed";

export type Toast = {
  readonly id: number;
  readonly tone: ToastTone;
  readonly title: string;
  readonly detail?: string;
  /** One button. Undo is also under Z. */
  readonly action?: { readonly label: string; readonly key?: string; readonly run: () => void };
};

/** How long one stays: long enough to read it and reach for the button. */
export const toastMs = 10_000;
const most = 3;

const toasts = createStore<readonly Toast[]>([]);
let lastId = 0;

export function useToasts(): readonly Toast[] {
  return useStore(toasts);
}

/** Says what happened, in the corner, for ten seconds. */
export function notify(toast: Omit<Toast, "id">): void {
  lastId += 1;
  toasts.set([...toasts.get(), { ...toast, id: lastId }].slice(-most));
}

/** Says that something is done and how to take it back. The button and Z run `undo`, once. */
export function notifyUndo(title: string, undo: () => void | Promise<unknown>): void {
  notify({
    tone: "done",
    title,
    action: {
      label: "Undo",
      key: "z",
      run: () => {
        Promise.resolve(undo()).catch((error: unknown) => notifyFailure("Could not be undone", error));
      },
    },
  });
}

/** Says that something was refused, in the server's words. */
export function notifyFailure(title: string, error: unknown): void {
  notify({ tone: "failed", title, detail: sentenceOf(error) });
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

/** Takes back what was done last. @returns whether there was anything */
export function undoLast(): boolean {
  const last = toasts.get().findLast(({ action }) => action?.key === "z");
  if (last === undefined) return false;
  dismissToast(last.id);
  last.action?.run();
  return true;
}
