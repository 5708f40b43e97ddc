import { invalidField, Refusal } from "#platform/errors";
import type { Deal } from "../deals/deal.ts";

/** "PRJ-7". */
export function projectNumber(number: bigint): string {
  return `PRJ-${number}`;
}

/** Work of one or more teams that deals belong to. Its revenue is what is verified of them; it never pays by itself. */
export type Project = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly teamIds: readonly string[];
  readonly budgetMinor: bigint | null;
  readonly currency: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly isClosed: boolean;
  readonly version: number;
};

/** @throws Refusal 422 for an end before the beginning */
export function checkProject({ startsOn, endsOn }: Project): void {
  if (startsOn === null || endsOn === null || endsOn >= startsOn) return;
  throw invalidField("endsOn", "before_start", "It ends before it begins");
}

/** A project adds up one currency, and a closed one is left as it is. @throws Refusal */
export function requireFitting(project: Project, deal: Pick<Deal, "currency">): void {
  if (project.isClosed) throw new Refusal("conflict", "project_closed", "This project is closed");
  if (project.currency === deal.currency) return;
  throw invalidField("projectId", "currency_differs", `This project counts in ${project.currency}`);
}
