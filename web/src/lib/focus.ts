/**
 * Remembers where the focus has been, so that a closing layer can give it back, also where the layer was opened by a
 * key or an address rather than by a button of its own.
 */
const most = 20;
let trail: readonly HTMLElement[] = [];

/** Watches; called once at start. */
export function watchFocus(): void {
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    trail = [...trail.filter((element) => element !== target && element.isConnected), target].slice(-most);
  });
}

/** Puts the focus back to where it was before the layer, or to the title of the page where that is gone. */
export function returnFocus(event: Event): void {
  event.preventDefault();
  const layer = event.target instanceof Element ? event.target : null;
  const before = trail.findLast((element) => element.isConnected && layer?.contains(element) !== true);
  (before ?? document.querySelector("h1"))?.focus({ preventScroll: true });
}
