import type { DealId, MemberId, ProjectId } from "@rainmaker/contracts/ids";
import { getDeal, listDeals } from "@rainmaker/contracts/revenue/deals";
import { livePages, liveQuery } from "#lib/query";

type DealView = "attention" | "review" | "paid";
export type DealFilter = {
  readonly view?: DealView | undefined;
  readonly owner?: MemberId | undefined;
  readonly project?: ProjectId | undefined;
};

const pageSize = "50";
/** A deal shows its payments: what happens to them changes it. */
const entities = ["deal", "payment"] as const;

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function dealsQuery({ view, owner, project }: DealFilter) {
  const filter = {
    ...(view !== undefined && { view }),
    ...(owner !== undefined && { ownerId: owner }),
    ...(project !== undefined && { projectId: project }),
  };
  return livePages(listDeals, { query: { limit: pageSize, ...filter } }, entities);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function dealQuery(dealId: DealId) {
  return liveQuery(getDeal, { params: { dealId } }, entities);
}
