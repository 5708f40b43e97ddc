import { numberOf } from "#modules/records";
import { dealRecord, type Deal } from "./deal.ts";

/** What every event of a deal says; it stands on the timeline of its opportunity. */
export function about(deal: Deal): {
  recordId: string;
  label: string;
  version: number;
  ownerId: string;
  threadId: string;
} {
  const { id, number, version, ownerId, opportunityId } = deal;
  return { recordId: id, label: numberOf(dealRecord, number), version, ownerId, threadId: opportunityId ?? id };
}
