import type { Project } from "@rainmaker/contracts/revenue/projects";
import { Pencil } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { formatCountOf, formatDay, formatMoney, formatPercent } from "#lib/format";
import { Bar } from "#ui/bar";
import { IconButton } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";

type ProjectsTableProps = {
  readonly projects: readonly Project[] | undefined;
  readonly currentId: string | undefined;
  readonly onOpen: (project: Project) => void;
  /** For who may change projects. */
  readonly onEdit: ((project: Project) => void) | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly empty: ReactNode;
};

/** Projects with what is sold and verified of their deals. */
export function ProjectsTable(props: ProjectsTableProps): ReactElement {
  const { projects, currentId, onOpen, onEdit, error, onRetry, empty } = props;
  return (
    <DataTable
      label="Projects"
      rows={projects}
      columns={onEdit === undefined ? columns : [...columns, editColumn(onEdit)]}
      keyOf={({ id }) => id}
      renderPhone={(project) => <PhoneProject project={project} onEdit={onEdit} />}
      currentKey={currentId}
      onOpen={onOpen}
      rowHeight={54}
      error={error}
      onRetry={onRetry}
      empty={empty}
    />
  );
}

const columns: readonly Column<Project>[] = [
  { key: "name", head: "Project", render: (project) => <Name project={project} />, className: "w-full max-w-0" },
  {
    key: "deals",
    head: "Deals",
    align: "right",
    render: ({ id, deals }) => (
      <TextLink to="/deals" search={{ project: id }}>
        {formatCountOf(deals, "deal")}
      </TextLink>
    ),
  },
  {
    key: "sold",
    head: "Sold",
    align: "right",
    className: "max-md:hidden",
    render: ({ sold }) => formatMoney(sold, { style: "short" }),
  },
  {
    key: "verified",
    head: "Verified",
    align: "right",
    render: ({ verified }) => (
      <LiveFigure className="font-medium">{formatMoney(verified, { style: "short" })}</LiveFigure>
    ),
  },
  {
    key: "budget",
    head: "Of the budget",
    className: "max-lg:hidden",
    render: (project) => <Budget project={project} className="w-44" />,
  },
];

function editColumn(onEdit: (project: Project) => void): Column<Project> {
  return {
    key: "edit",
    head: "Change",
    isHeadHidden: true,
    render: (project) => <EditButton project={project} onEdit={onEdit} />,
  };
}

type EditProps = { readonly project: Project; readonly onEdit: (project: Project) => void };

function EditButton({ project, onEdit }: EditProps): ReactElement {
  return (
    <IconButton
      icon={Pencil}
      iconSize={14}
      size="xs"
      label={`Change ${project.name}`}
      onClick={() => onEdit(project)}
    />
  );
}

function Name({ project: { number, name, teams, endsOn } }: { readonly project: Project }): ReactElement {
  const parts = [number, ...teams.map((team) => team.name), ...(endsOn === null ? [] : [`until ${formatDay(endsOn)}`])];
  return (
    <span className="flex min-w-0 flex-col leading-[17px]">
      <span className="truncate font-medium">{name}</span>
      <span className="truncate text-xs text-subtle">{parts.join(", ")}</span>
    </span>
  );
}

type BudgetProps = { readonly project: Project; readonly className?: string };

function Budget({ project: { budget, attainment }, className }: BudgetProps): ReactElement {
  if (budget === null || attainment === null) return <span className="text-subtle">No budget</span>;
  const share = Number(attainment);
  return (
    <span className="flex flex-col gap-1">
      <Bar share={share} tone={share >= 1 ? "earn" : "brand"} className={className} />
      <span className="text-xs text-subtle">
        {formatPercent(attainment)} of {formatMoney(budget, { style: "short" })}
      </span>
    </span>
  );
}

function PhoneProject({ project, onEdit }: Pick<ProjectsTableProps, "onEdit"> & EditPart): ReactElement {
  return (
    <span className="flex flex-col gap-2 py-1">
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1">
          <Name project={project} />
        </span>
        <span className="tnum text-right leading-[17px]">
          <span className="block font-medium">{formatMoney(project.verified, { style: "compact" })}</span>
          <span className="block text-xs text-subtle">{formatCountOf(project.deals, "deal")}</span>
        </span>
        {onEdit !== undefined && <EditButton project={project} onEdit={onEdit} />}
      </span>
      <Budget project={project} />
    </span>
  );
}

type EditPart = Pick<EditProps, "project">;
