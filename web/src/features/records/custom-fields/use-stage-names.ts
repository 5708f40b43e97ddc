import { listPipelines } from "@rainmaker/contracts/sales/pipelines";
import { useQuery } from "@tanstack/react-query";
import { liveQuery } from "#lib/query";

/** Names of stages by id, with their pipeline's where there are several. */
export function useStageNames(isWanted: boolean): ReadonlyMap<string, string> {
  const { data } = useQuery({ ...liveQuery(listPipelines, {}, ["pipeline", "stage"]), enabled: isWanted });
  const pipelines = data?.items ?? [];
  return new Map(
    pipelines.flatMap(({ name, stages }) =>
      stages
        .filter(({ kind }) => kind !== "lost")
        .map((stage) => [stage.id as string, pipelines.length > 1 ? `${stage.name} in ${name}` : stage.name] as const),
    ),
  );
}
