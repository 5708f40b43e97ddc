import type { Endpoint, ReplyOf } from "@rainmaker/contracts/endpoint";
import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import { call, type InputOf } from "./api.ts";
import { invalidateEntities } from "./query.ts";

/**
 * A write. What it changes is named by entity: everything shown that depends on these is asked again when it is done.
 * `const move = useCall(moveOpportunity, ["opportunity"]); move.mutate({ params, body })`
 */
export function useCall<E extends Endpoint>(
  contract: E,
  entities: readonly string[],
): UseMutationResult<ReplyOf<E>, Error, InputOf<E>> {
  return useMutation({
    mutationFn: (input: InputOf<E>) =>
      (call as (contract: E, input: InputOf<E>) => Promise<ReplyOf<E>>)(contract, input),
    // Not awaited: the answer is shown by whoever asked, the lists follow.
    onSettled: () => void invalidateEntities(entities),
  });
}
