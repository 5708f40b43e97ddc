import { readDashboard } from "@rainmaker/contracts/analytics/dashboard";
import { useEffect, useRef } from "react";
import { announce } from "#lib/announce";
import { formatMoney } from "#lib/format";
import { liveQuery } from "#lib/query";
import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";

/** The roll-up says "metric" after it has counted a payment; the rest is read from the records themselves. */
const entities = ["metric", "goal", "commission", "deal", "payment", "opportunity", "opportunities", "team", "member"];

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function dashboardQuery() {
  return liveQuery(readDashboard, {}, entities);
}

/** Says the figures that changed by themselves; once for several that change together. */
export function useSpokenChanges({ verified, earned }: Dashboard): void {
  const before = useRef({ verified: verified.amount, earned: earned?.amount });
  useEffect(() => {
    const last = before.current;
    before.current = { verified: verified.amount, earned: earned?.amount };
    const said = [
      last.verified !== verified.amount && `Verified this month: ${formatMoney(verified, { style: "short" })}`,
      earned !== null && last.earned !== earned.amount && `Commission this month: ${formatMoney(earned)}`,
    ].filter((sentence) => sentence !== false);
    if (said.length > 0) announce(`${said.join(". ")}.`);
  }, [verified, earned]);
}
