import { changePassword } from "@rainmaker/contracts/organization/sessions";
import type { ReactElement, ReactNode } from "react";
import { Monitor, Moon, Sun } from "lucide-react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { setPlainKeys, usePlainKeys } from "#lib/keys";
import { useUser } from "#lib/session";
import { setTheme, useThemeChoice } from "#lib/theme";
import { notify } from "#lib/toasts";
import { Avatar } from "#ui/avatar";
import { Button } from "#ui/button";
import { Switch } from "#ui/checkbox";
import { FormProblem } from "#ui/form-problem";
import { PageBody, PageHead } from "#ui/page-head";
import { PasswordField } from "#ui/password-field";
import { Segmented } from "#ui/segmented";
import { rolesText } from "./role-names.ts";
import { nameOf } from "./use-members.ts";

export function MySettingsPage(): ReactElement {
  return (
    <>
      <PageHead title="My settings" />
      <PageBody>
        <div className="flex max-w-160 flex-col">
          <Part title="You" about="Your name and roles are kept by an admin.">
            <Identity />
          </Part>
          <Part title="Appearance" about="On this device.">
            <Appearance />
          </Part>
          <Part title="Password" about="Your other sessions end when you change it.">
            <PasswordForm />
          </Part>
        </div>
      </PageBody>
    </>
  );
}

function Part(props: { readonly title: string; readonly about: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className="grid grid-cols-[200px_minmax(0,1fr)] gap-6 border-b border-line-subtle py-6 first:pt-1 last:border-0 max-sm:grid-cols-1 max-sm:gap-3">
      <div>
        <h2 className="text-[13.5px] leading-5 font-semibold">{props.title}</h2>
        <p className="text-xs text-subtle">{props.about}</p>
      </div>
      <div>{props.children}</div>
    </section>
  );
}

function Identity(): ReactElement {
  const user = useUser();
  const name = nameOf(user);
  return (
    <div className="flex items-center gap-3">
      <Avatar person={{ id: user.id, name }} size={44} isDecorative />
      <div>
        <p className="font-medium">{name}</p>
        <p className="text-muted">{user.email}</p>
        <p className="text-xs text-subtle">
          {rolesText(
            user.roles,
            user.customRoles.map((name) => ({ name })),
          )}
          {user.team !== null && `, ${user.team.name}`}
        </p>
      </div>
    </div>
  );
}

function Appearance(): ReactElement {
  const theme = useThemeChoice();
  const plainKeys = usePlainKeys();
  return (
    <div className="flex flex-col gap-5">
      <Segmented
        label="Theme"
        value={theme}
        onChange={setTheme}
        options={[
          { value: "light", label: "Light", icon: Sun },
          { value: "dark", label: "Dark", icon: Moon },
          { value: "system", label: "As the system", icon: Monitor },
        ]}
        className="self-start"
      />
      <Switch
        label="Single-letter shortcuts"
        detail="Such as G then P for the pipeline. Switch them off if you dictate, or if they get in your way."
        checked={plainKeys}
        onChange={setPlainKeys}
      />
    </div>
  );
}

const empty = { currentPassword: "", newPassword: "" };

function PasswordForm(): ReactElement {
  const { email } = useUser();
  const form = useForm({
    initial: empty,
    schema: changePassword.body,
    toBody: ({ currentPassword, newPassword }) => ({ currentPassword: currentPassword || undefined, newPassword }),
    send: (body) => call(changePassword, { body }),
    onDone: () => {
      form.reset(empty);
      notify({ tone: "done", title: "Changed your password", detail: "Your other sessions have ended." });
    },
  });
  return (
    <form {...form.props} className="flex max-w-80 flex-col gap-4">
      <FormProblem problem={form.problem} />
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <PasswordField label="Current password" autoComplete="current-password" {...form.field("currentPassword")} />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        hint="At least 8 characters. Length is what counts."
        {...form.field("newPassword")}
      />
      <Button type="submit" className="self-start" isLoading={form.isSending}>
        Change password
      </Button>
    </form>
  );
}
