import { MemberId } from "@rainmaker/contracts/ids";
import { Role } from "@rainmaker/contracts/organization/permissions";
import { Day } from "@rainmaker/contracts/time";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// What stands in the address of this feature's pages. A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const signInSearch = z.object({
  /** Where somebody wanted to go; inside this application only. */
  to: maybe(z.string().check(z.regex(/^\/(?![/\\])/))),
});

export const usersSearch = z.object({
  tab: maybe(z.enum(["all", "invited", "deactivated"])),
  role: maybe(Role),
  team: maybe(z.uuid()),
  /** The member who is open in the sheet. */
  member: maybe(MemberId),
  /** The panel for new people is open. */
  invite: maybe(z.boolean()),
});

export const rolesSearch = z.object({
  /** What lies over the matrix: "new", "preview", or the id of a role. */
  open: maybe(z.string().check(z.maxLength(40))),
});

export const auditSearch = z.object({
  q: maybe(z.string().check(z.maxLength(200))),
  entity: maybe(z.string().check(z.maxLength(40))),
  actor: maybe(MemberId),
  from: maybe(Day),
  to: maybe(Day),
  /** The record whose history it is. */
  record: maybe(z.uuid()),
});
