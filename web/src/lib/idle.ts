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

export type LazyPart<Props> = {
  readonly Part: LazyExoticComponent<ComponentType<Props>>;
  /** Loads it now: somebody is about to use it. */
  readonly load: () => void;
};

/** A component that is fetched when the browser is idle, or at once when somebody reaches for it. */
export function lazyPart<Props>(fetchPart: () => Promise<ComponentType<Props>>): LazyPart<Props> {
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
