import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { CustomRoleId, MemberId } from "../ids.ts";
import { Instant } from "../time.ts";
import { Permission, Reach, Role, scopedEntities } from "./permissions.ts";

export const Grant = z.object({ permission: Permission, reach: Reach });
export type Grant = z.output<typeof Grant>;

/** A role of the product: the same in every organization. */
export const RoleSummary = z.object({
  role: Role,
  name: z.string(),
  /** One sentence on what somebody with this role sees and does. */
  description: z.string(),
  grants: z.array(Grant),
  /** Active members who hold it. */
  memberCount: z.int(),
});
export type RoleSummary = z.output<typeof RoleSummary>;

/** A role the organization made for itself. */
export const CustomRole = z.object({
  id: CustomRoleId,
  name: z.string(),
  description: z.string(),
  grants: z.array(Grant),
  memberCount: z.int(),
  /** Whether the caller holds everything it gives, and may therefore change it and give it to somebody. */
  mayEdit: z.boolean(),
  updatedAt: Instant,
  version: z.int(),
});
export type CustomRole = z.output<typeof CustomRole>;

export const listRoles = endpoint("GET", "/roles", "Roles and what each may do", "member.read", {
  reply: z.object({ items: z.array(RoleSummary), custom: z.array(CustomRole) }),
});

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60));
const description = z.string().check(z.trim(), z.maxLength(200));
/** Each permission once. One that is not named is not given. */
const grants = z.array(z.strictObject({ permission: Permission, reach: Reach })).check(z.maxLength(200));
const params = z.strictObject({ roleId: CustomRoleId });

export const getRole = endpoint("GET", "/roles/{roleId}", "A role of the organization's own", "member.read", {
  params,
  reply: CustomRole,
});

export const createRole = endpoint("POST", "/roles", "Make a role of the organization's own", "role.edit", {
  body: z.strictObject({ name, description: z.optional(description), grants }),
  status: 201,
  reply: CustomRole,
});

export const updateRole = endpoint("PATCH", "/roles/{roleId}", "Change what a role may do", "role.edit", {
  params,
  body: z.strictObject({
    name: z.optional(name),
    description: z.optional(description),
    grants: z.optional(grants),
    seenVersion: z.optional(z.int()),
  }),
  versioned: true,
  reply: CustomRole,
});

export const deleteRole = endpoint("DELETE", "/roles/{roleId}", "Take away a role that nobody holds", "role.edit", {
  params,
  versioned: true,
  status: 204,
});

export const previewRole = endpoint(
  "POST",
  "/role-previews",
  "What somebody with a role would see and might do; told to the audit log",
  "role.edit",
  {
    body: z.strictObject({
      /** One of these two. */
      role: z.optional(Role),
      roleId: z.optional(CustomRoleId),
      /** Whose place in the teams is taken; the caller's own unless given. */
      memberId: z.optional(MemberId),
    }),
    reply: z.object({
      name: z.string(),
      member: z.object({ id: MemberId, name: z.string() }),
      entities: z.array(
        z.object({
          entity: z.enum(scopedEntities),
          /** How far they see; null: not at all. */
          reach: z.nullable(Reach),
          /** Records in sight now. */
          count: z.int(),
          actions: z.array(z.object({ action: z.string(), reach: Reach })),
        }),
      ),
      /** Permissions on what has no owner. */
      others: z.array(Permission),
    }),
  },
);
