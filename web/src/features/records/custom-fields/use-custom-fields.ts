import { listCustomFields, type CustomField } from "@rainmaker/contracts/records/custom-fields";
import type { CustomEntity } from "@rainmaker/contracts/records/custom-types";
import { useQuery } from "@tanstack/react-query";
import { liveQuery } from "#lib/query";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function customFieldsQuery(entity: CustomEntity, hidden = false) {
  return liveQuery(listCustomFields, { query: { entity, ...(hidden && { hidden: "true" as const }) } }, [
    "custom-field",
  ]);
}

const none: readonly CustomField[] = [];

/** Fields the organization added, in the order of forms; none until they are known. */
export function useCustomFields(entity: CustomEntity): readonly CustomField[] {
  return useQuery({ ...customFieldsQuery(entity), staleTime: 60_000 }).data?.items ?? none;
}
