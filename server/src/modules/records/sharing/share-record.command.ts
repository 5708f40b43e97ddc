import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  addCollaborator as addContract,
  updateCollaborator as updateContract,
} from "@rainmaker/contracts/records/sharing";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import { requireReader } from "#modules/organization";
import { changesBetween, patched } from "#platform/audit";
import { actingMember, type Context } from "#platform/context";
import { invalidField, notFound, Refusal, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { rooms } from "#platform/realtime";
import {
  deleteCollaborator,
  insertCollaborator,
  lockCollaborator,
  saveCollaborator,
  type Collaborator,
} from "./collaborators.store.ts";
import { getShared, type SharedRecord } from "./shareables.query.ts";
import { getCollaborator } from "./sharing.query.ts";

/** Shares a record with a colleague, who sees it from the next request on. */
export async function shareRecord(ctx: Context, body: BodyOf<typeof addContract>): Promise<string> {
  const { entity, recordId, memberId, access, until = null } = body;
  const record = await getShared(ctx, entity, recordId);
  refuseUnlessMayShare(record);
  refusePastDay(ctx, until);
  const name = await requireReader(ctx, memberId, `${entity}.read`, "memberId");
  if (record.owner?.id === memberId) throw new Refusal("conflict", "already_owner", `${name} owns this already`);
  const grantedBy = actingMember(ctx);
  const made: Collaborator = { id: uuidv7(), entity, recordId, memberId, access, until, grantedBy, version: 1 };
  if (!(await insertCollaborator(ctx, made)))
    throw new Refusal("conflict", "already_shared", `This is shared with ${name} already; change that instead`);
  announce(ctx, "collaborator.added", record, { before: null, after: made, name });
  return made.id;
}

export async function changeSharing(
  ctx: Context,
  collaboratorId: string,
  { access, until }: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const { before, record, name } = await lockShared(ctx, collaboratorId);
  await refuseStale(before, seenVersion, () => getCollaborator(ctx, collaboratorId));
  const after: Collaborator = { ...patched(before, { access, until }), version: before.version + 1 };
  if (until !== undefined) refusePastDay(ctx, until);
  await saveCollaborator(ctx, after);
  announce(ctx, "collaborator.changed", record, { before, after, name });
}

/** The colleague loses sight of it with the next request, unless a role of theirs shows it. */
export async function stopSharing(ctx: Context, collaboratorId: string, { seenVersion }: Asked): Promise<void> {
  const { before, record, name } = await lockShared(ctx, collaboratorId);
  await refuseStale(before, seenVersion, () => getCollaborator(ctx, collaboratorId));
  await deleteCollaborator(ctx, collaboratorId);
  announce(ctx, "collaborator.removed", record, { before, after: null, name });
}

type Shared = { readonly before: Collaborator; readonly record: SharedRecord; readonly name: string };

/** Of a record in sight; what is out of sight is not there. @throws Refusal 404, 403 */
async function lockShared(ctx: Context, collaboratorId: string): Promise<Shared> {
  const before = await lockCollaborator(ctx, collaboratorId);
  const record = await getShared(ctx, before.entity, before.recordId).catch((error: unknown) => {
    throw error instanceof Refusal ? notFound("collaborator") : error;
  });
  refuseUnlessMayShare(record);
  return { before, record, name: (await getCollaborator(ctx, collaboratorId)).member.name };
}

/** Whoever may change all the owner has may share it; whom it was shared with may not pass it on. */
function refuseUnlessMayShare({ mayShare }: SharedRecord): void {
  if (mayShare) return;
  throw new Refusal("forbidden", "beyond_reach", "You may see this, but not share it: ask its owner");
}

function refusePastDay(ctx: Context, until: string | null): void {
  if (until !== null && until < dayIn(ctx.organization.timeZone, ctx.now))
    throw invalidField("until", "day_passed", "This day has passed");
}

type Change = {
  readonly before: Collaborator | null;
  readonly after: Collaborator | null;
  /** Of the colleague. */
  readonly name: string;
};

function announce(
  ctx: Context,
  type: "collaborator.added" | "collaborator.changed" | "collaborator.removed",
  { entity, id, label, owner }: SharedRecord,
  { before, after, name }: Change,
): void {
  const { memberId, access } = after ?? before ?? { memberId: "", access: "view" };
  ctx.emit({
    type,
    recordId: id,
    label,
    ownerId: owner?.id ?? null,
    changes: changesBetween(told(before), told(after)),
    facts: { entity, memberId, name, access },
  });
  const { organizationId } = ctx.actor;
  const owners = owner === null ? [] : [rooms.owner(organizationId, entity, owner.id)];
  ctx.hint({
    entity,
    id,
    version: null,
    rooms: [rooms.all(organizationId, entity), ...owners, rooms.member(memberId)],
  });
}

function told(state: Collaborator | null): object {
  return state === null ? {} : { access: state.access, until: state.until };
}
