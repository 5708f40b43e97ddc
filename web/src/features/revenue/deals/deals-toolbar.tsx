import { MemberId, type ProjectId } from "@rainmaker/contracts/ids";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { FilterChip } from "#ui/filter-chip";
import { Toolbar } from "#ui/page-head";
import { PersonChip } from "#ui/person-chip";
import { Segmented } from "#ui/segmented";
import { Tabs } from "#ui/tabs";
import { statusOptions } from "../payments/payment-words.ts";
import { projectsQuery } from "../projects/use-projects.ts";
import { MoneyLegend } from "./deal-money.tsx";
import type { DealsSearch } from "./search.ts";

export const dealsPanelId = "deals";

type DealsToolbarProps = {
  readonly search: DealsSearch;
  /** Whether the viewer sees deals of others. */
  readonly seesOthers: boolean;
  readonly onShow: (changes: Partial<DealsSearch>) => void;
};

/** Deals by what they need, or payments by where they stand. */
export function DealsToolbar({ search, seesOthers, onShow }: DealsToolbarProps): ReactElement {
  const isPayments = search.show === "payments";
  return (
    <Toolbar>
      {isPayments ? (
        <FilterChip
          label="Status"
          emptyLabel="any"
          options={statusOptions}
          value={search.status ?? null}
          onChange={(status) => onShow({ status: status ?? undefined })}
        />
      ) : (
        <>
          <Tabs
            className="flex-none"
            label="Deals"
            panelId={dealsPanelId}
            value={search.view ?? "all"}
            onChange={(view) => onShow({ view: view === "all" ? undefined : view })}
            tabs={[
              { value: "all", label: seesOthers ? "All" : "Mine" },
              { value: "attention", label: "Needs attention" },
              { value: "review", label: "In review" },
              { value: "paid", label: "Paid in full" },
            ]}
          />
          <ProjectChip id={search.project} onChange={(project) => onShow({ project })} />
          <MoneyLegend className="ml-3 max-lg:hidden" />
        </>
      )}
      <span className="ml-auto flex items-center gap-2 max-sm:contents">
        {seesOthers && <Owner id={search.owner} onChange={(owner) => onShow({ owner })} />}
        <Segmented
          className="max-sm:order-first"
          label="Show"
          options={[
            { value: "deals", label: "Deals" },
            { value: "payments", label: "Payments" },
          ]}
          value={search.show ?? "deals"}
          onChange={(show) => onShow({ show: show === "deals" ? undefined : show })}
        />
      </span>
    </Toolbar>
  );
}

type ProjectChipProps = {
  readonly id: ProjectId | undefined;
  readonly onChange: (id: ProjectId | undefined) => void;
};

/** Shown once there are projects. */
function ProjectChip({ id, onChange }: ProjectChipProps): ReactElement | null {
  const projects = useQuery(projectsQuery()).data?.items ?? [];
  if (projects.length === 0 && id === undefined) return null;
  return (
    <FilterChip
      label="Project"
      emptyLabel="any"
      options={projects.map((project) => ({ value: project.id, label: project.name }))}
      value={id ?? null}
      onChange={(project) => onChange(project ?? undefined)}
    />
  );
}

type OwnerProps = { readonly id: MemberId | undefined; readonly onChange: (id: MemberId | undefined) => void };

function Owner({ id, onChange }: OwnerProps): ReactElement {
  const members = useAllMembers();
  return (
    <PersonChip
      label="Owner"
      people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
      value={id ?? null}
      onChange={(value) => onChange(MemberId.safeParse(value).data)}
    />
  );
}
