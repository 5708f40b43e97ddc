import { fieldErrors } from "@rainmaker/contracts/problem";
import { updateOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";

/** What the contract says about a change: the same sentence as the server's; undefined where nothing is wrong. */
export function wrongWith(body: object): string | undefined {
  const judged = updateOpportunity.body.safeParse(body);
  return judged.success ? undefined : fieldErrors(judged.error.issues)[0]?.message;
}
