import type { Permission } from "@rainmaker/contracts/organization/permissions";
import type { User } from "@rainmaker/contracts/organization/sessions";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { formatMoney, signOf } from "#lib/format";
import { can } from "#lib/session";
import type { Tone } from "#ui/badge";

type Standing = { readonly word: string; readonly tone: Tone; readonly hasDot?: boolean };

/** Where a deal stands, in the one word that matters most: what somebody has to do comes before how much is paid. */
export function standingOf(deal: Pick<Deal, "status" | "returnReason" | "position" | "revisions">): Standing {
  if (deal.status === "submitted") return { word: "To approve", tone: "info", hasDot: true };
  if (deal.status === "cancelled") return { word: "Cancelled", tone: "line" };
  if (deal.revisions.some(({ state }) => state === "proposed"))
    return { word: "Change to approve", tone: "info", hasDot: true };
  if (deal.status === "approved") return moneyStanding(deal.position);
  return deal.returnReason === null
    ? { word: "Not submitted", tone: "line" }
    : { word: "Returned", tone: "danger", hasDot: true };
}

function moneyStanding({ state, toFix, draft, inReview, open }: Deal["position"]): Standing {
  if (signOf(toFix) > 0) return { word: "Fix proof", tone: "danger", hasDot: true };
  if (signOf(draft) > 0) return { word: "Not sent", tone: "danger", hasDot: true };
  if (signOf(inReview) > 0) return { word: "In review", tone: "info", hasDot: true };
  if (state === "paid") return { word: "Paid in full", tone: "success" };
  if (state === "overpaid") return { word: "Overpaid", tone: "warning" };
  if (state === "refunded") return { word: "Refunded", tone: "line" };
  return { word: `${formatMoney(open, { style: "short" })} open`, tone: "line" };
}

/** Why this person may not decide a submitted deal; undefined where nothing stands in the way. */
export function approvalBar(
  deal: Pick<Deal, "submittedBy" | "owner" | "credits">,
  memberId: string,
): string | undefined {
  const who = "Somebody without a stake in it has to decide.";
  if (deal.submittedBy?.id === memberId) return `You submitted this deal. ${who}`;
  if (deal.owner.id === memberId) return `This deal is yours. ${who}`;
  if (deal.credits.some(({ participant }) => participant.id === memberId)) return `You earn on this deal. ${who}`;
  return undefined;
}

/**
 * Whether a permission reaches somebody's records. Team reaches are taken as given for whatever is seen: the server
 * knows the teams and has the last word.
 */
export function reaches(
  user: Pick<User, "id" | "permissions" | "reach">,
  permission: Permission,
  ownerId: string,
): boolean {
  return can(user, permission) && (user.reach[permission] !== "own" || user.id === ownerId);
}
