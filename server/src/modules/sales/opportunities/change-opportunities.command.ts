import { updateOpportunity as updateContract } from "@rainmaker/contracts/sales/opportunity-changes";
import { dayIn } from "@rainmaker/contracts/time";
import type { BulkTarget } from "#modules/records";
import type { Context } from "#platform/context";
import { invalidField } from "#platform/errors";
import { moveWithOpportunities } from "../interactions/interactions.store.ts";
import { moveOpportunity } from "./move-opportunity.command.ts";
import { lockOpportunity, transferChildren } from "./opportunities.store.ts";
import { opportunityRecord, pastClose, type Opportunity } from "./opportunity.ts";
import { deleteOpportunity, restoreOpportunity } from "./trash-opportunity.command.ts";
import { updateOpportunity } from "./update-opportunity.command.ts";

type Field = keyof typeof fields;
type Move = Parameters<typeof moveOpportunity>[2];

/** Fields a bulk change may set; a stage is moved to as on the board. */
const fields = {
  ownerId: "opportunity.assign",
  stageId: "opportunity.edit",
  source: "opportunity.edit",
  priority: "opportunity.edit",
  nextStep: "opportunity.edit",
  expectedCloseOn: "opportunity.edit",
} as const;

const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function isSettable(field: string, value: string | null): boolean {
  if (field === "stageId") return value !== null && uuid.test(value);
  return updateContract.body.safeParse({ [field]: value }).success;
}

/** Changes of many opportunities at once: each by the commands of one. */
export const opportunityBulk: BulkTarget<Context> = {
  entity: "opportunity",
  chunkEvent: "opportunities.changed",
  setCustom: (ctx, opportunityId, custom, seenVersion) =>
    updateOpportunity(ctx, opportunityId, { custom }, { seenVersion }),
  plain: {
    record: opportunityRecord,
    fields: {
      ownerId: { column: "owner_id", type: "uuid" },
      source: { column: "source", type: "text" },
      priority: { column: "priority", type: "text" },
      nextStep: { column: "next_step", type: "text" },
      expectedCloseOn: { column: "expected_close_on", type: "date" },
    },
    // What is closed may be a deal by now: its commands know what follows.
    specialWhen: "r.closed_on is not null",
    refuse(ctx, field, value) {
      const isPast = field === "expectedCloseOn" && value !== null && value < dayIn(ctx.organization.timeZone, ctx.now);
      return isPast ? pastClose() : null;
    },
    async afterOwner(ctx, opportunityIds, ownerId) {
      await transferChildren(ctx, opportunityIds, ownerId);
      await moveWithOpportunities(ctx, opportunityIds, { ownerId, customerId: null });
    },
  },
  permissionFor(action) {
    if (action.kind === "delete") return "opportunity.delete";
    if (action.kind !== "set") throw invalidField("action", "field_not_settable", "Opportunities have no tags");
    const permission = Object.hasOwn(fields, action.field) ? fields[action.field as Field] : undefined;
    if (permission === undefined) throw invalidField("action", "field_not_settable", `${action.field} cannot be set`);
    if (!isSettable(action.field, action.value)) {
      throw invalidField("action", "value_not_possible", `${action.field} cannot be set to this`);
    }
    return permission;
  },
  async apply(ctx, opportunityId, action, seenVersion) {
    const opportunity = await lockOpportunity(ctx, opportunityId);
    const version = opportunity.version + 1;
    if (action.kind === "delete") {
      await deleteOpportunity(ctx, opportunityId, { seenVersion });
      return { before: {}, version };
    }
    if (action.kind !== "set") return null;
    const { field, value } = action;
    const was = opportunity[field as keyof Opportunity];
    if (was === value) return null;
    const { lostReason, closedOn } = opportunity;
    if (field === "stageId") {
      await moveOpportunity(ctx, opportunityId, { stageId: value as Move["stageId"] }, { seenVersion });
      return { before: { stageId: was, lostReason, closedOn }, version };
    }
    await updateOpportunity(ctx, opportunityId, { [field]: value }, { seenVersion });
    return { before: { [field]: was }, version };
  },
  async revert(ctx, opportunityId, action, { before, version }) {
    const seen = { seenVersion: version };
    if (action.kind === "delete") return restoreOpportunity(ctx, opportunityId);
    if (action.kind !== "set" || action.field !== "stageId") {
      return updateOpportunity(ctx, opportunityId, before, seen);
    }
    const given = Object.entries(before).filter(([, value]) => value !== null);
    const stageId = before["stageId"] as Move["stageId"];
    return moveOpportunity(ctx, opportunityId, { ...Object.fromEntries(given), stageId }, seen);
  },
};
