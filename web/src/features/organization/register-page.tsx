import { registerOrganization } from "@rainmaker/contracts/organization/sessions";
import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { browserTimeZone } from "#lib/format";
import { startSession } from "#lib/session";
import { Button } from "#ui/button";
import { Combobox } from "#ui/combobox";
import { FormProblem } from "#ui/form-problem";
import { TextLink } from "#ui/link";
import { PasswordField } from "#ui/password-field";
import { TextField } from "#ui/text-field";
import { Entrance } from "./entrance.tsx";
import { currencyChoices, likelyCurrency, timeZoneChoices } from "./places.ts";
import { submitLook } from "./sign-in-page.tsx";

export function RegisterPage(): ReactElement {
  const navigate = useNavigate();
  const form = useForm({
    initial: startValues(),
    schema: registerOrganization.body,
    toBody: ({ currency, timeZone, ...values }) => ({
      ...values,
      currency: currency ?? undefined,
      timeZone: timeZone ?? undefined,
    }),
    send: (body) => call(registerOrganization, { body }),
    onDone: (session) => {
      startSession(session);
      void navigate({ to: "/", replace: true });
    },
  });
  return (
    <Entrance
      title="Register an organisation"
      lead="You become its first admin and can invite the others."
      footer={
        <>
          Already registered? <TextLink to="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <form {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <TextField label="Organisation" size="lg" autoComplete="organization" {...form.field("organizationName")} />
        <div className="grid grid-cols-2 gap-3">
          <TextField label="First name" size="lg" autoComplete="given-name" {...form.field("firstName")} />
          <TextField label="Last name" size="lg" autoComplete="family-name" {...form.field("lastName")} />
        </div>
        <TextField label="Work email" type="email" size="lg" autoComplete="username" {...form.field("email")} />
        <PasswordField
          label="Password"
          size="lg"
          autoComplete="new-password"
          hint="At least 8 characters. Length is what counts."
          {...form.field("password")}
        />
        <div className="grid grid-cols-2 gap-3">
          <Combobox label="Currency" size="lg" choices={currencyChoices()} {...form.field("currency")} />
          <Combobox label="Time zone" size="lg" choices={timeZoneChoices()} {...form.field("timeZone")} />
        </div>
        <Button type="submit" tone="primary" shortcut="enter" isLoading={form.isSending} className={submitLook}>
          Register
        </Button>
      </form>
    </Entrance>
  );
}

type Values = {
  readonly organizationName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly password: string;
  readonly currency: string | null;
  readonly timeZone: string | null;
};

/** Where the browser is set to live says what the money and the clock will most likely be. */
function startValues(): Values {
  const blank = { organizationName: "", firstName: "", lastName: "", email: "", password: "" };
  return { ...blank, currency: likelyCurrency(), timeZone: browserTimeZone() };
}
