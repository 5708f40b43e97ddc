import {
  createRole,
  deleteRole,
  updateRole,
  type CustomRole,
  type RoleSummary,
} from "@rainmaker/contracts/organization/roles";
import { Trash2 } from "lucide-react";
import { useId, type ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { invalidateEntities } from "#lib/query";
import { notify, notifyFailure, notifyUndo } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { SelectField } from "#ui/select-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";

type RoleSheetProps = {
  /** Null makes a new one. */
  readonly role: CustomRole | null;
  readonly builtIn: readonly RoleSummary[];
  readonly custom: readonly CustomRole[];
  readonly onClose: () => void;
};

/** Name and purpose of a role; a new one starts as another one's copy. */
export function RoleSheet({ role, builtIn, custom, onClose }: RoleSheetProps): ReactElement {
  const formId = useId();
  const models = [
    ...builtIn.map(({ role: value, name, grants }) => ({ value: value as string, label: name, grants })),
    ...custom.map(({ id, name, grants }) => ({ value: id as string, label: name, grants })),
  ];
  const isReadOnly = role !== null && !role.mayEdit;
  const words = wordsOf(role);
  const grantsLike = (like: string): RoleSummary["grants"] => models.find(({ value }) => value === like)?.grants ?? [];
  const form = useForm({
    initial: { name: role?.name ?? "", description: role?.description ?? "", like: "" },
    version: role?.version ?? 0,
    schema: createRole.body,
    toBody: ({ name, description, like }) => ({ name, description, grants: role?.grants ?? grantsLike(like) }),
    send: (body, seenVersion) => {
      if (role === null) return call(createRole, { body });
      const { name, description } = body;
      return call(updateRole, { params: { roleId: role.id }, body: { name, description }, seenVersion });
    },
    onDone: (saved) => {
      void invalidateEntities(["role", "member"]);
      notify({ tone: "done", title: `${words.done} ${saved.name}` });
      onClose();
    },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={words.title}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          {role !== null && !isReadOnly && <RemoveButton role={role} onDone={onClose} />}
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            {words.send}
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <fieldset disabled={isReadOnly} className="contents">
          <TextField label="Name" {...form.field("name")} />
          <TextField
            label="What it is for"
            isOptional
            hint="Shown to whoever gives the role."
            {...form.field("description")}
          />
          {role === null && (
            <SelectField
              label="Starts like"
              placeholder="Nothing: every permission is given by hand"
              options={models}
              hint="You can give no more than you hold yourself."
              {...form.field("like")}
            />
          )}
        </fieldset>
      </form>
    </Sheet>
  );
}

function wordsOf(role: CustomRole | null): Readonly<Record<"title" | "send" | "done", string>> {
  return role === null
    ? { title: "New role", send: "Make", done: "Made" }
    : { title: role.name, send: "Save", done: "Saved" };
}

/** A role nobody holds is taken away at once; making it anew takes that back. */
function RemoveButton({ role, onDone }: { readonly role: CustomRole; readonly onDone: () => void }): ReactElement {
  const remove = useCall(deleteRole, ["role"]);
  const make = useCall(createRole, ["role"]);
  const { name, description, grants } = role;
  const run = async (): Promise<void> => {
    try {
      await remove.mutateAsync({ params: { roleId: role.id }, seenVersion: role.version });
      notifyUndo(`Took away ${name}`, () => make.mutateAsync({ body: { name, description, grants } }));
      onDone();
    } catch (error) {
      notifyFailure(`${name} stays`, error);
    }
  };
  return (
    <Button tone="ghost" icon={Trash2} isLoading={remove.isPending} onClick={() => void run()}>
      Take away
    </Button>
  );
}
