import { lazy, type ComponentType, type LazyExoticComponent } from "react";

let opened: (() => void) | undefined;
const firstData = new Promise<void>((resolve) => {
  opened = resolve;
});

/** Said once, when the first screen has its data: what can wait is loaded from here on. */
export function announceFirstData(): void {
  opened?.();
}

/** Settles when the first screen stands and the browser has nothing better to do. */
export async function whenIdle(): Promise<void> {
  await firstData;
  await new Promise<void>((resolve) => {
    // Safari has no requestIdleCallback.
    if (typeof requestIdleCallback === "function") requestIdleCallback(() => resolve(), { timeout: 2000 });
    else setTimeout(resolve, 200);
  });
}

/** A component that is fetched when it is first shown, or before, when the browser is idle. */
export function lazyPart<Props>(
  fetchPart: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  let fetching: Promise<{ default: ComponentType<Props> }> | undefined;
  const once = (): Promise<{ default: ComponentType<Props> }> => {
    fetching ??= fetchPart().then((part) => ({ default: part }));
    // Offline it fails: the next time it is needed it is tried again.
    fetching.catch(() => {
      fetching = undefined;
    });
    return fetching;
  };
  void whenIdle()
    .then(once)
    .catch(() => undefined);
  return lazy(once);
}

export type IdlePart<Props> = {
  readonly Part: LazyExoticComponent<ComponentType<Props>>;
  /** Does not wait any longer: somebody reaches for it. */
  readonly load: () => void;
};

/** A component that stands on the first screen and is fetched when that has its data; until then its fallback stands. */
export function idlePart<Props>(fetchPart: () => Promise<ComponentType<Props>>): IdlePart<Props> {
  let demand: (() => void) | undefined;
  const demanded = new Promise<void>((resolve) => {
    demand = resolve;
  });
  const Part = lazy(async () => {
    await Promise.race([whenIdle(), demanded]);
    return { default: await fetchPart() };
  });
  return { Part, load: () => demand?.() };
}
