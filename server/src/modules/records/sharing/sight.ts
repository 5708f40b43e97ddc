import type { MemberRef } from "@rainmaker/contracts/member-ref";
import type { Reach } from "@rainmaker/contracts/organization/permissions";
import type { SightReason } from "@rainmaker/contracts/records/sharing";

/** A grant through which the viewer sees a record: to whom, and whether somebody shared it. */
export type SightGrant = { readonly member: MemberRef; readonly isShared: boolean };

type Sight = {
  /** How far the viewer sees the entity, and the roles that say so. */
  readonly reach: Reach;
  readonly roles: readonly string[];
  readonly owner: MemberRef | null;
  readonly ownerReach: "own" | "team" | "tree" | null;
  readonly grants: readonly SightGrant[];
};

/** Every reason for which somebody sees a record, the plainest first; never none for what they see. */
export function reasonsFor({ reach, roles, owner, ownerReach, grants }: Sight): SightReason[] {
  const reasons: SightReason[] = [];
  if (ownerReach === "own") reasons.push({ kind: "own", via: owner, roles: [] });
  if (reach === "all") reasons.push({ kind: "all", via: null, roles: [...roles] });
  else if (ownerReach !== null && ownerReach !== "own" && isWithin(ownerReach, reach))
    reasons.push({ kind: ownerReach, via: owner, roles: [...roles] });
  for (const { member, isShared } of grants) {
    const kind = isShared ? "shared" : "related";
    const isTold = reasons.some((reason) => reason.kind === kind && reason.via?.id === member.id);
    if (!isTold) reasons.push({ kind, via: member, roles: [] });
  }
  return reasons;
}

/** What somebody sees as the team is in sight of the tree too. */
function isWithin(ownerReach: "team" | "tree", reach: Reach): boolean {
  return reach === "tree" || reach === ownerReach;
}
