import { use, useEffect, type ComponentType, type ReactElement } from "react";
import { Offline } from "#lib/api-problem";
import { whenIdle } from "#lib/idle";
import { isReachable, noteUnreachable, useRetryOnceBack } from "#lib/offline";
import { createStore, useStore, type Store } from "#lib/store";
import { notifyFailure } from "#lib/toasts";
import { ErrorState } from "#ui/error-state";

type State<Props> =
  | { readonly kind: "waiting" }
  | { readonly kind: "here"; readonly Component: ComponentType<Props> }
  | { readonly kind: "failed"; readonly error: unknown };

type Source<Props> = {
  readonly state: Store<State<Props>>;
  /** One attempt at a time. @throws Offline where there is no network */
  readonly fetch: () => Promise<void>;
  /** Settles once the code is here; attempts that fail leave it open. */
  readonly here: Promise<void>;
};

function sourceOf<Props>(fetchCode: () => Promise<ComponentType<Props>>): Source<Props> {
  const state = createStore<State<Props>>({ kind: "waiting" });
  const { promise: here, resolve } = Promise.withResolvers<void>();
  let attempt: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      state.set({ kind: "here", Component: await fetchCode() });
      resolve();
    } catch (error) {
      if (await isReachable()) throw error;
      noteUnreachable();
      throw new Offline();
    } finally {
      attempt = undefined;
    }
  };
  return { state, here, fetch: () => (attempt ??= run()) };
}

/** Nobody asked for it yet, so nobody is told when it cannot be fetched. */
function fetchWhenIdle({ fetch }: Pick<Source<never>, "fetch">): void {
  void whenIdle()
    .then(fetch)
    .catch(() => undefined);
}

/**
 * A part of a page whose code is fetched when it is first shown, or before, when the browser is idle. Give it a Suspense
 * with its room. Where it cannot be fetched it says so in its place; the page around it stays.
 * @param what for the sentence then: "The ranking"
 * @param ahead "never" for what is too heavy to be fetched by everybody who may never see it
 */
export function lazyPart<Props extends object>(
  what: string,
  fetchCode: () => Promise<ComponentType<Props>>,
  ahead: "when-idle" | "never" = "when-idle",
): ComponentType<Props> {
  const source = sourceOf(fetchCode);
  const { state } = source;
  if (ahead === "when-idle") fetchWhenIdle(source);
  let attempt: Promise<void> | undefined;
  const tryOnce = (): Promise<void> =>
    (attempt ??= source
      .fetch()
      .catch((error: unknown) => state.set({ kind: "failed", error }))
      .finally(() => (attempt = undefined)));
  const forget = (): void => {
    if (state.get().kind === "failed") state.set({ kind: "waiting" });
  };
  return function Part(props) {
    const now = useStore(state);
    if (now.kind === "here") return <now.Component {...props} />;
    if (now.kind === "failed") return <FailedPart what={what} error={now.error} onRetry={forget} />;
    use(tryOnce());
    return null;
  };
}

type FailedPartProps = { readonly what: string; readonly error: unknown; readonly onRetry: () => void };

function FailedPart({ what, error, onRetry }: FailedPartProps): ReactElement {
  useRetryOnceBack(onRetry);
  return <ErrorState what={what} error={error} onRetry={onRetry} className="m-3" />;
}

/** The same for what lies over the page. Where it cannot be fetched it closes, and the corner says why. */
export function lazyLayer<Props extends { readonly onClose: () => void }>(
  what: string,
  fetchCode: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const source = sourceOf(fetchCode);
  fetchWhenIdle(source);
  return function Layer(props) {
    const now = useStore(source.state);
    const { onClose } = props;
    const isHere = now.kind === "here";
    useEffect(() => {
      if (isHere) return undefined;
      let isOpen = true;
      source.fetch().catch((error: unknown) => {
        if (!isOpen) return;
        onClose();
        notifyFailure(`${what} could not be opened`, error);
      });
      return () => void (isOpen = false);
    }, [isHere, onClose]);
    return now.kind === "here" ? <now.Component {...props} /> : null;
  };
}

type IdlePart<Props> = {
  readonly Part: ComponentType<Props>;
  /** Does not wait any longer: somebody reaches for it. */
  readonly load: () => void;
};

/**
 * A part that stands on the first screen and is fetched when that has its data. Until then, and where it cannot be
 * fetched, the fallback of its Suspense stands.
 */
export function idlePart<Props extends object>(
  what: string,
  fetchCode: () => Promise<ComponentType<Props>>,
): IdlePart<Props> {
  const source = sourceOf(fetchCode);
  fetchWhenIdle(source);
  return {
    Part: function Part(props) {
      const now = useStore(source.state);
      if (now.kind === "here") return <now.Component {...props} />;
      use(source.here);
      return null;
    },
    load: () => {
      source.fetch().catch((error: unknown) => notifyFailure(`${what} could not be opened`, error));
    },
  };
}
