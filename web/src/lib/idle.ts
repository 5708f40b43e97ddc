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
