import { createHash } from "node:crypto";
import { planSentences } from "@rainmaker/contracts/revenue/plan-document";
import type { PlanTerms } from "@rainmaker/contracts/revenue/plans";

/** The fingerprint of the text that people accept: of nothing but the rules, the plan's name and its first day. */
export function documentHash(plan: string, number: number, startsOn: string | null, terms: PlanTerms): Buffer {
  const text = [`${plan}, version ${number}, from ${startsOn ?? "the beginning"}`, ...planSentences(terms)].join("\n");
  return createHash("sha256").update(text).digest();
}
