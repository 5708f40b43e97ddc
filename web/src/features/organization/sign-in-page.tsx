import { login } from "@rainmaker/contracts/organization/sessions";
import { LogIn } from "lucide-react";
import { useState, type ReactElement } from "react";
import { call } from "#lib/api";
import { hasCode } from "#lib/api-problem";
import { formatTime } from "#lib/format";
import { useForm } from "#lib/form";
import { startSession, useSession } from "#lib/session";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { TextLink } from "#ui/link";
import { Note } from "#ui/note";
import { PasswordField } from "#ui/password-field";
import { TextField } from "#ui/text-field";
import { ChooseOrganization, organizationsIn, type Membership } from "./choose-organization.tsx";
import { Entrance } from "./entrance.tsx";

const empty = { email: "", password: "" };

export function SignInPage(): ReactElement {
  const session = useSession();
  const [choices, setChoices] = useState<readonly Membership[]>([]);
  const form = useForm({
    initial: empty,
    schema: login.body,
    // An empty field is a missing one: "This is required", rather than a question to the server.
    toBody: ({ email, password }) => ({ email: email || undefined, password: password || undefined }),
    // Where to go then, the route knows: it leads whoever is signed in to where they wanted to be.
    send: async (body) => {
      try {
        startSession(await call(login, { body }));
      } catch (error) {
        const organizations = organizationsIn(error);
        if (organizations.length === 0) throw lockedWords(error);
        setChoices(organizations);
      }
    },
  });

  if (choices.length > 0) {
    const choose = async (organizationId: Membership["id"]): Promise<void> => {
      startSession(await call(login, { body: { ...form.values, organizationId } }));
    };
    return <ChooseOrganization choices={choices} onChoose={choose} onBack={() => setChoices([])} />;
  }
  const wasEnded = session.kind === "signed-out" && session.ended;
  return (
    <Entrance
      title="Sign in"
      lead="Welcome back. Use your work account."
      footer={
        <>
          New here? <TextLink to="/register">Register an organisation</TextLink>
        </>
      }
    >
      <form {...form.props} className="flex flex-col gap-4.5">
        {wasEnded && form.problem === null && (
          <Note icon={LogIn}>Your session has ended. Sign in to go on where you were.</Note>
        )}
        <FormProblem problem={form.problem} />
        <TextField label="Work email" type="email" size="lg" autoComplete="username" {...form.field("email")} />
        <PasswordField label="Password" size="lg" autoComplete="current-password" {...form.field("password")} />
        <Button type="submit" tone="primary" shortcut="enter" isLoading={form.isSending} className={submitLook}>
          Sign in
        </Button>
      </form>
    </Entrance>
  );
}

export const submitLook = "h-11 w-full rounded-lg text-md max-sm:h-12";

/** Until when the account is locked, on the reader's own clock. */
function lockedWords(error: unknown): unknown {
  if (!hasCode(error, "sign_in_locked") || error.retryAfter === null) return error;
  const until = new Date(Date.now() + error.retryAfter * 1000).toISOString();
  return error.saying(`Too many failed attempts. Sign in is possible again at ${formatTime(until)}.`);
}
