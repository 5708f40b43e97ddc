import type { ProjectId } from "@rainmaker/contracts/ids";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import { placeDeal } from "@rainmaker/contracts/revenue/projects";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { notifyFailure, notifyUndo } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { call } from "#lib/api";
import { invalidateEntities } from "#lib/query";
import { Combobox } from "#ui/combobox";
import { projectsQuery } from "./use-projects.ts";

/** The project a deal belongs to, chosen among the open ones of its currency. */
export function ProjectOfDeal({ deal }: { readonly deal: Deal }): ReactElement {
  const projects = useQuery(projectsQuery()).data?.items ?? [];
  const place = useCall(placeDeal, ["deal", "project"]);
  const choices = projects
    .filter(({ currency }) => currency === deal.amount.currency)
    .map(({ id, name, number }) => ({ value: id as string, label: name, detail: number }));
  const choose = async (value: string | null): Promise<void> => {
    if (value === (deal.project?.id ?? null)) return;
    const params = { dealId: deal.id };
    try {
      const placed = await place.mutateAsync({
        params,
        body: { projectId: value as ProjectId | null },
        seenVersion: deal.version,
      });
      const title = placed.project === null ? "Taken out of its project" : `Put into ${placed.project.name}`;
      notifyUndo(`${deal.number}: ${title}`, async () => {
        const body = { projectId: deal.project?.id ?? null };
        await call(placeDeal, { params, body, seenVersion: placed.version });
        await invalidateEntities(["deal", "project"]);
      });
    } catch (error) {
      notifyFailure("The project was not changed", error);
    }
  };
  return (
    <Combobox
      name="project"
      label="Project"
      isLabelHidden
      isClearable
      size="sm"
      placeholder="None"
      choices={choices}
      chosen={deal.project === null ? null : { value: deal.project.id, label: deal.project.name }}
      value={deal.project?.id ?? null}
      onChange={(value) => void choose(value)}
    />
  );
}
