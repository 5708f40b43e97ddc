import type { MemberId } from "@rainmaker/contracts/ids";
import { readStatement } from "@rainmaker/contracts/revenue/commissions";
import { liveQuery } from "#lib/query";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function statementQuery(month: string, participantId: MemberId | undefined) {
  const query = participantId === undefined ? {} : { participantId };
  return liveQuery(readStatement, { params: { month }, query }, ["commission", "payment", "statement", "period"]);
}
