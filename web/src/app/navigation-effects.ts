import type { AnyRouter } from "@tanstack/react-router";
import { announce } from "#lib/announce";
import { announceFirstData } from "#lib/idle";
import { queryClient } from "#lib/query";
import { sessionStore } from "#lib/session";
import { pageTitleId } from "#ui/page-head";

/** What follows from moving between pages, and from signing in and out; called once at start. */
export function followNavigation(router: AnyRouter): void {
  let pathname: string | null = null;
  router.subscribe("onRendered", ({ toLocation }) => {
    // Not on the first page, whose reading starts at the top anyway, and not when only a filter changed.
    if (pathname !== null && pathname !== toLocation.pathname) requestAnimationFrame(focusPage);
    pathname = toLocation.pathname;
    settleFirstData();
  });
  queryClient.getQueryCache().subscribe(settleFirstData);

  let kind = sessionStore.get().kind;
  sessionStore.subscribe(() => {
    const next = sessionStore.get().kind;
    // Each route decides by itself whether it may stay.
    if (kind !== "restoring" && next !== kind) void router.invalidate();
    kind = next;
  });

  function settleFirstData(): void {
    if (pathname !== null && queryClient.isFetching() === 0) announceFirstData();
  }
}

/** Reading goes on at the title of the new page, unless the page has put the focus somewhere itself. */
function focusPage(): void {
  const active = document.activeElement;
  const main = document.getElementById("main");
  if (active !== null && active !== main && main?.contains(active) === true) return;
  if (active?.closest('[role="dialog"]') != null) return;
  const title = document.getElementById(pageTitleId);
  // Focusing a title reads it. Where it is still to come, what is said has to do.
  if (title === null) announce("Loading the page");
  (title ?? main)?.focus({ preventScroll: true });
}
