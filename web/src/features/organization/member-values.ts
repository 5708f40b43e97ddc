import type { Role } from "@rainmaker/contracts/organization/permissions";
import { hasCode } from "#lib/api-problem";

export type MemberValues = {
  readonly firstName: string;
  readonly lastName: string;
  readonly jobTitle: string;
  readonly roles: readonly Role[];
  readonly teamId: string;
};

const labels: Readonly<Record<keyof MemberValues, string>> = {
  firstName: "first name",
  lastName: "last name",
  jobTitle: "job title",
  roles: "roles",
  teamId: "team",
};

/** What a stale refusal says is different now, as "team is now West"; empty where it does not say. */
export function changesIn(
  problem: unknown,
  before: MemberValues,
  show: (field: keyof MemberValues, value: unknown) => string,
): readonly string[] {
  if (!hasCode(problem, "stale_version") || typeof problem.current !== "object" || problem.current === null) return [];
  const current = problem.current as Readonly<Record<string, unknown>>;
  return (Object.keys(labels) as (keyof MemberValues)[]).flatMap((field) => {
    const [was, is] = [before[field], current[field] ?? ""];
    const isSame = JSON.stringify(was) === JSON.stringify(is);
    return isSame || !(field in current) ? [] : [`${labels[field]} is now ${show(field, is)}`];
  });
}
