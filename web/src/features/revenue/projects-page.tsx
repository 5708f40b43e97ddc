import type { Project } from "@rainmaker/contracts/revenue/projects";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FolderKanban, Plus } from "lucide-react";
import type { ReactElement } from "react";
import { useKey } from "#lib/keys";
import { useCan } from "#lib/session";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead, PhoneDock, Toolbar } from "#ui/page-head";
import { Segmented } from "#ui/segmented";
import { ProjectSheet } from "./projects/project-sheet.tsx";
import { ProjectsTable } from "./projects/projects-table.tsx";
import type { ProjectsSearch } from "./projects/search.ts";
import { projectsQuery } from "./projects/use-projects.ts";

/** Work of teams, and what is verified of the deals that belong to it. */
export function ProjectsPage(): ReactElement {
  const search = useSearch({ from: "/shell/projects" });
  const navigate = useNavigate({ from: "/projects" });
  const mayEdit = useCan("goal.edit");
  const { data, error, refetch } = useQuery(projectsQuery(search.state));
  const show = (changes: Partial<ProjectsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ edit: "new" });
  useKey("n", "New project", add, { isActive: mayEdit });
  const edited = data?.items.find(({ id }) => id === search.edit);
  return (
    <>
      <PageHead
        title="Projects"
        actions={
          mayEdit && (
            <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={add}>
              New project
            </Button>
          )
        }
      />
      <Toolbar>
        <Segmented
          label="Show"
          options={[
            { value: "open", label: "Open" },
            { value: "closed", label: "Closed" },
          ]}
          value={search.state ?? "open"}
          onChange={(state) => show({ state: state === "open" ? undefined : state })}
        />
      </Toolbar>
      <PageBody isPadded={false}>
        <ProjectsTable
          projects={data?.items}
          currentId={edited?.id}
          onOpen={({ id }) => void navigate({ to: "/deals", search: { project: id } })}
          onEdit={mayEdit ? ({ id }) => show({ edit: id }) : undefined}
          error={error}
          onRetry={() => void refetch()}
          empty={<NoProjects isClosed={search.state === "closed"} onAdd={mayEdit ? add : undefined} />}
        />
      </PageBody>
      {mayEdit && <Editing search={search} edited={edited} onAdd={add} onClose={() => show({ edit: undefined })} />}
    </>
  );
}

type EditingProps = {
  readonly search: ProjectsSearch;
  readonly edited: Project | undefined;
  readonly onAdd: () => void;
  readonly onClose: () => void;
};

function Editing({ search, edited, onAdd, onClose }: EditingProps): ReactElement | null {
  if (search.edit === "new" || edited !== undefined) {
    return <ProjectSheet key={search.edit} project={edited} onClose={onClose} />;
  }
  return (
    <PhoneDock>
      <Button tone="primary" icon={Plus} onClick={onAdd}>
        New project
      </Button>
    </PhoneDock>
  );
}

type NoProjectsProps = { readonly isClosed: boolean; readonly onAdd: (() => void) | undefined };

function NoProjects({ isClosed, onAdd }: NoProjectsProps): ReactElement {
  if (isClosed) {
    return (
      <EmptyState icon={FolderKanban} title="No project is closed">
        A closed project takes no further deals; it stays here with what it brought in.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={FolderKanban}
      title="No projects yet"
      actions={
        onAdd !== undefined && (
          <Button tone="primary" icon={Plus} onClick={onAdd}>
            New project
          </Button>
        )
      }
    >
      A project adds up the deals of one or more teams, and measures what is verified of them against its budget.
    </EmptyState>
  );
}
