import { createTeam, updateTeam, type Team } from "@rainmaker/contracts/organization/members";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { invalidateEntities, queryClient } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { PeoplePicker } from "#ui/people-picker";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { possibleParents } from "./team-tree.ts";
import { nameOf, teamsQuery, useAllMembers, useTeams } from "./use-members.ts";

type TeamSheetProps = {
  /** Null makes a new one. */
  readonly team: Team | null;
  readonly onClose: () => void;
};

export function TeamSheet({ team, onClose }: TeamSheetProps): ReactElement {
  const formId = useId();
  const teams = useTeams();
  const members = useAllMembers().filter(({ status }) => status === "active");
  const form = useForm({
    initial: valuesOf(team),
    version: team?.version ?? 0,
    schema: createTeam.body,
    toBody: ({ name, parentId, leaderId }) => ({ name, leaderId, parentId: parentId === "" ? null : parentId }),
    send: (body, seenVersion) =>
      team === null ? call(createTeam, { body }) : call(updateTeam, { params: { teamId: team.id }, body, seenVersion }),
    onDone: (saved) => {
      void invalidateEntities(["team", "member"]);
      notify({ tone: "done", title: team === null ? `Added ${saved.name}` : `Saved ${saved.name}` });
      onClose();
    },
  });
  const reload = async (): Promise<void> => {
    const { items } = await queryClient.fetchQuery({ ...teamsQuery(), staleTime: 0 });
    const current = items.find(({ id }) => id === team?.id) ?? null;
    form.reset(valuesOf(current), current?.version);
  };
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={team === null ? "Add a team" : `Edit ${team.name}`}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            {team === null ? "Add" : "Save"}
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} onReload={() => void reload()} />
        <TextField label="Name" {...form.field("name")} />
        <PeoplePicker
          label="Leader"
          isOptional
          isClearable
          placeholder="Nobody yet"
          hint="Sees the records of this team and of the teams below it, where their role says so."
          people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
          {...form.field("leaderId")}
        />
        <SelectField
          label="Below"
          placeholder="At the top"
          options={possibleParents(teams, team?.id ?? null).map(({ id, name }) => ({
            value: id as string,
            label: name,
          }))}
          {...form.field("parentId")}
        />
      </form>
    </Sheet>
  );
}

type Values = { readonly name: string; readonly leaderId: string | null; readonly parentId: string };

function valuesOf(team: Team | null): Values {
  return { name: team?.name ?? "", leaderId: team?.leader?.id ?? null, parentId: team?.parentId ?? "" };
}
