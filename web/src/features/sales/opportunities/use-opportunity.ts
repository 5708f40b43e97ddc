import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { OpportunityId } from "@rainmaker/contracts/ids";
import { listDeals } from "@rainmaker/contracts/revenue/deals";
import { getOpportunity, type Opportunity } from "@rainmaker/contracts/sales/opportunities";
import {
  deleteOpportunity,
  restoreOpportunity,
  updateOpportunity,
} from "@rainmaker/contracts/sales/opportunity-changes";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import { call } from "#lib/api";
import { invalidateEntities, liveQuery, showAtOnce } from "#lib/query";
import { saveShownField } from "#lib/save-field";
import { useCan } from "#lib/session";
import { notifyFailure, notifyUndo } from "#lib/toasts";

export type OpportunityDetail = ReplyOf<typeof getOpportunity>;

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function opportunityQuery(opportunityId: OpportunityId) {
  return liveQuery(getOpportunity, { params: { opportunityId } }, ["opportunity", "stage"]);
}

/** The deal a won opportunity became; nothing for people who see no deals. */
export function useDealOf({ id, stage }: OpportunityDetail): UseQueryResult<ReplyOf<typeof listDeals>> {
  const isEnabled = useCan("deal.read") && stage.kind === "won";
  const query = { opportunityId: id, limit: "1" };
  return useQuery({ ...liveQuery(listDeals, { query }, ["deal", "payment"]), enabled: isEnabled });
}

type Editable =
  | "title"
  | "customer"
  | "amount"
  | "expectedCloseOn"
  | "nextStep"
  | "nextStepOn"
  | "owner"
  | "externalId"
  | "contacts"
  | "source"
  | "priority"
  | "description";

/**
 * Writes one fact: shown at once, and taken back where it fails. What somebody else changed beside it stands.
 * @throws FieldConflict where somebody else changed the same fact
 */
export async function saveFact<K extends Editable>(
  opportunity: OpportunityDetail,
  field: K,
  value: OpportunityDetail[K],
  body: BodyOf<typeof updateOpportunity>,
): Promise<void> {
  const params = { opportunityId: opportunity.id };
  const send = (seenVersion: number): Promise<Opportunity> => call(updateOpportunity, { params, body, seenVersion });
  await saveShownField(getOpportunity, opportunity, field, value, { send, entities: ["opportunity"] });
}

/** Writes answer without the path, which they do not change. */
export function rememberOpportunity(opportunity: Opportunity): void {
  showAtOnce(getOpportunity, (reply) => (reply.id === opportunity.id ? { ...reply, ...opportunity } : reply));
}

/**
 * Moves an opportunity to the trash and offers to take it back.
 * @returns whether the server took it
 */
export async function moveToTrash({ id, title, version }: OpportunityDetail): Promise<boolean> {
  const params = { opportunityId: id };
  try {
    await call(deleteOpportunity, { params, seenVersion: version });
  } catch (error) {
    notifyFailure(`${title} stays`, error);
    return false;
  }
  void invalidateEntities(["opportunity"]);
  notifyUndo(`Deleted ${title}`, async () => {
    await call(restoreOpportunity, { params });
    await invalidateEntities(["opportunity"]);
  });
  return true;
}

/**
 * Writes one field of the organization's own; what somebody else changed in others stands.
 * @throws FieldConflict where somebody else changed the same one
 */
export async function saveCustom(
  opportunity: OpportunityDetail,
  custom: OpportunityDetail["custom"],
  sent: CustomInput,
  key: string,
): Promise<void> {
  const params = { opportunityId: opportunity.id };
  const send = (seenVersion: number): Promise<Opportunity> =>
    call(updateOpportunity, { params, body: { custom: sent }, seenVersion });
  const part = (record: OpportunityDetail): unknown => record.custom[key];
  await saveShownField(getOpportunity, opportunity, "custom", custom, { send, entities: ["opportunity"], part });
}
