import { listDeals, type Deal } from "@rainmaker/contracts/revenue/deals";
import { liveQuery } from "#lib/query";

const most = "50";

/** Submitted deals within reach, newest first. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function approvalsQuery() {
  return liveQuery(listDeals, { query: { status: "submitted", limit: most } }, ["deal"]);
}

/** What somebody has a stake in is for somebody else to decide. */
export function mayDecide({ submittedBy, owner, credits }: Deal, memberId: string): boolean {
  const hasStake =
    submittedBy?.id === memberId ||
    owner.id === memberId ||
    credits.some(({ participant }) => participant.id === memberId);
  return !hasStake;
}
