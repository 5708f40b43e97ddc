import type { PlanStatus, PlanTerms } from "@rainmaker/contracts/revenue/plans";
import { Refusal } from "#platform/errors";

/** What a new organization pays until it approves a plan of its own: 6 % of verified payments, from the first on. */
export const firstPlan = { name: "Standard", component: "Base commission", rate: "0.06" } as const;

/** The terms of that plan, and what a new one begins with. */
export const firstTerms: PlanTerms = {
  currency: null,
  components: [
    {
      kind: "rate",
      name: firstPlan.component,
      credit: "revenue",
      tiers: [{ from: "0", rate: firstPlan.rate }],
      mode: "marginal",
      basis: "amount",
      boundary: "lower_inclusive",
      threshold: null,
      zeroQuota: "base_rate_only",
      cap: null,
      bonuses: [],
      rounding: "half_up",
    },
  ],
};

/** The version of a plan that is being worked on, or the newest one. */
export type VersionRecord = {
  readonly id: string;
  readonly planId: string;
  readonly planName: string;
  readonly isDefault: boolean;
  readonly number: number;
  readonly status: PlanStatus;
  readonly terms: PlanTerms;
  readonly startsOn: string | null;
  readonly createdBy: string | null;
  readonly submittedBy: string | null;
  /** Counts the changes of the draft. */
  readonly version: number;
};

const refusals: Readonly<Record<PlanStatus, string>> = {
  draft: "This version is a draft",
  in_review: "This version is in review: it has to be returned to its draft first",
  approved: "This version is approved and stays as it is: begin the next one",
  retired: "This version is over: begin the next one",
};

/** @throws Refusal 409 with what the version is instead */
export function requireStatus({ status }: VersionRecord, wanted: PlanStatus): void {
  if (status !== wanted) throw new Refusal("conflict", `plan_${status}`, refusals[status]);
}

/** A plan has one version in the making at a time. @throws Refusal 409 */
export function requireNoneOpen({ status }: VersionRecord): void {
  if (status === "draft" || status === "in_review") {
    throw new Refusal("conflict", `plan_${status}`, "The next version of this plan is begun already");
  }
}

/**
 * A plan holds from a day on that is not over yet: what was earned by the one before stays earned.
 * @throws Refusal 409
 */
export function requireStart({ startsOn }: VersionRecord, today: string): string {
  if (startsOn === null) throw new Refusal("conflict", "start_missing", "Say from which day on it holds first");
  if (startsOn < today)
    throw new Refusal("conflict", "start_passed", `It cannot hold from ${startsOn}: that day is over`);
  return startsOn;
}

/**
 * Nobody approves a plan they wrote or are paid by.
 * @param paid who is on the plan, or has earned by it
 * @throws Refusal 403 self_approval
 */
export function requireDisinterested(version: VersionRecord, by: string, paid: readonly string[]): void {
  if (by === version.createdBy || by === version.submittedBy) {
    throw new Refusal("forbidden", "self_approval", "You wrote this version, so somebody else approves it");
  }
  if (paid.includes(by)) {
    throw new Refusal("forbidden", "self_approval", "This plan pays you, so somebody else approves it");
  }
}
