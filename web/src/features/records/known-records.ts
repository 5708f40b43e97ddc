import { listPipelines } from "@rainmaker/contracts/sales/pipelines";
import { useQuery } from "@tanstack/react-query";
import { nameOf, useAllMembers } from "#features/organization";
import { liveQuery } from "#lib/query";

export type Known = { readonly id: string; readonly label: string };

/** Records a value may be said to mean although they are called otherwise: the stages and the people, who are few. */
export function useKnown(pipelineId: string | undefined): Readonly<Record<string, readonly Known[]>> {
  const { data } = useQuery(liveQuery(listPipelines, {}, ["pipeline"]));
  const members = useAllMembers();
  const pipeline = data?.items.find(({ id, isDefault }) => (pipelineId === undefined ? isDefault : id === pipelineId));
  return {
    stage: (pipeline?.stages ?? []).map(({ id, name }) => ({ id, label: name })),
    owner: members.map((member) => ({ id: member.id, label: nameOf(member) })),
  };
}
