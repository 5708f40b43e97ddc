import type { TeamId } from "@rainmaker/contracts/ids";
import { listTeams } from "@rainmaker/contracts/organization/members";
import { createProject, updateProject, type Project } from "@rainmaker/contracts/revenue/projects";
import { useQuery } from "@tanstack/react-query";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { today } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { Checkbox } from "#ui/checkbox";
import { DateField } from "#ui/date-field";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";

type ProjectSheetProps = { readonly project: Project | undefined; readonly onClose: () => void };

type Values = {
  readonly name: string;
  readonly description: string;
  readonly teamIds: readonly TeamId[];
  readonly budget: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly isClosed: boolean;
};

/** Begins a project, or changes one. */
export function ProjectSheet({ project, onClose }: ProjectSheetProps): ReactElement {
  const formId = useId();
  const { organization } = useUser();
  const now = today(organization?.timeZone);
  const currency = project?.currency ?? organization?.currency ?? "USD";
  const form = useProjectForm(project, currency, onClose);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={project === undefined ? "New project" : project.name}
      context={project?.number}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            {project === undefined ? "Begin project" : "Save"}
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} onReload={() => void invalidateEntities(["project"])} />
        <TextField label="Name" maxLength={120} {...form.field("name")} />
        <TextField label="What it is about" isOptional maxLength={2000} {...form.field("description")} />
        <Teams chosen={form.values.teamIds} onChange={(teamIds) => form.set({ teamIds })} />
        <MoneyField
          label="Budget"
          isOptional
          currency={currency}
          hint="What it is meant to bring in, verified."
          {...form.field("budget")}
        />
        <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <DateField label="Begins" isOptional today={now} {...form.field("startsOn")} />
          <DateField label="Ends" isOptional today={now} {...form.field("endsOn")} />
        </div>
        {project !== undefined && (
          <Checkbox
            label="Closed"
            detail="It takes no further deals; those it has stay."
            checked={form.values.isClosed}
            onChange={(isClosed) => form.set({ isClosed })}
          />
        )}
      </form>
    </Sheet>
  );
}

// oxlint-disable-next-line typescript/explicit-function-return-type -- the form's type follows from its values
function useProjectForm(project: Project | undefined, currency: string, onClose: () => void) {
  const key = useIntentKey();
  return useForm({
    initial: valuesOf(project),
    version: project?.version ?? 0,
    schema: project === undefined ? createProject.body : updateProject.body,
    toBody: (values: Values) => bodyOf(values, currency, project !== undefined),
    send: (body, seenVersion) =>
      project === undefined
        ? call(createProject, { body: body as never, idempotencyKey: key(body) })
        : call(updateProject, { params: { projectId: project.id }, body, seenVersion }),
    onDone: ({ name }) => {
      void invalidateEntities(["project", "deal"]);
      notify({ tone: "done", title: project === undefined ? `${name} begun` : `${name} saved` });
      onClose();
    },
    words: { name: "Give it a name", "budget.amount": "Write an amount above zero" },
  });
}

type TeamsProps = { readonly chosen: readonly TeamId[]; readonly onChange: (ids: readonly TeamId[]) => void };

function Teams({ chosen, onChange }: TeamsProps): ReactElement | null {
  const teams = useQuery(liveQuery(listTeams, {}, ["team"])).data?.items ?? [];
  if (teams.length === 0) return null;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1.5 font-medium">Teams that work on it</legend>
      {teams.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(isOn) => onChange(isOn ? [...chosen, id] : chosen.filter((other) => other !== id))}
        />
      ))}
    </fieldset>
  );
}

function valuesOf(project: Project | undefined): Values {
  if (project === undefined) {
    return { name: "", description: "", teamIds: [], budget: null, startsOn: null, endsOn: null, isClosed: false };
  }
  const { name, description, teams, budget, startsOn, endsOn, isClosed } = project;
  return {
    name,
    description: description ?? "",
    teamIds: teams.map(({ id }) => id),
    budget: budget?.amount ?? null,
    startsOn,
    endsOn,
    isClosed,
  };
}

function bodyOf(values: Values, currency: string, isKnown: boolean): unknown {
  const { name, description, teamIds, budget, startsOn, endsOn, isClosed } = values;
  return {
    name,
    description: description.trim() === "" ? null : description,
    teamIds,
    budget: budget === null ? null : { amount: budget, currency },
    startsOn,
    endsOn,
    ...(isKnown && { isClosed }),
  };
}
