import { listRoles } from "@rainmaker/contracts/organization/roles";
import { liveQuery } from "#lib/query";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function rolesQuery() {
  return { ...liveQuery(listRoles, {}, ["role"]), staleTime: Number.POSITIVE_INFINITY };
}
