import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { CollaboratorId, MemberId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { Day, Instant } from "../time.ts";

/** Kinds of records that can be shared one by one. */
export const shareableEntities = ["customer", "contact", "opportunity"] as const;
export const ShareableEntity = z.enum(shareableEntities);
export type ShareableEntity = z.output<typeof ShareableEntity>;

/** view: to look at; edit: to change, as far as a role of theirs changes any. */
export const accesses = ["view", "edit"] as const;
const Access = z.enum(accesses);

export const Collaborator = z.object({
  id: CollaboratorId,
  member: MemberRef,
  access: Access,
  /** The last calendar day it holds; null: until somebody takes it back. */
  until: z.nullable(Day),
  /** Its day has passed: the record is out of sight again. */
  hasExpired: z.boolean(),
  grantedBy: MemberRef,
  grantedAt: Instant,
  version: z.int(),
});
export type Collaborator = z.output<typeof Collaborator>;

/**
 * Why somebody sees a record. all: a role of theirs sees all; own: they own it; team, tree: they see its owner's;
 * shared: it was shared with them or with somebody whose records they see; related: by something of theirs that hangs
 * on it, such as a sale.
 */
export const sightReasons = ["all", "own", "team", "tree", "shared", "related"] as const;
export const SightReason = z.object({
  kind: z.enum(sightReasons),
  /** Through whom: the owner, or whoever it was shared with or works with it. Null for what holds without anybody. */
  via: z.nullable(MemberRef),
  /** Names of the roles it follows from; empty where it follows from none. */
  roles: z.array(z.string()),
});
export type SightReason = z.output<typeof SightReason>;

export const RecordAccess = z.object({
  owner: z.nullable(MemberRef),
  reasons: z.array(SightReason),
  collaborators: z.array(Collaborator),
  /** Whether the caller may share it. */
  mayShare: z.boolean(),
});
export type RecordAccess = z.output<typeof RecordAccess>;

export const readRecordAccess = endpoint(
  "GET",
  "/record-access",
  "Why the caller sees a record, and whom it is shared with",
  "signed-in",
  { query: z.strictObject({ entity: ShareableEntity, recordId: z.uuid() }), reply: RecordAccess },
);

export const addCollaborator = endpoint("POST", "/collaborators", "Share a record with a colleague", "signed-in", {
  body: z.strictObject({
    entity: ShareableEntity,
    recordId: z.uuid(),
    memberId: MemberId,
    access: Access,
    /** The last day of it, today or later. */
    until: z.optional(z.nullable(Day)),
  }),
  status: 201,
  reply: Collaborator,
});

const params = z.strictObject({ collaboratorId: CollaboratorId });

export const updateCollaborator = endpoint(
  "PATCH",
  "/collaborators/{collaboratorId}",
  "Change how far or how long a record is shared",
  "signed-in",
  {
    params,
    body: z.strictObject({
      access: z.optional(Access),
      until: z.optional(z.nullable(Day)),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Collaborator,
  },
);

export const removeCollaborator = endpoint(
  "DELETE",
  "/collaborators/{collaboratorId}",
  "Share a record no longer",
  "signed-in",
  { params, versioned: true, status: 204 },
);
