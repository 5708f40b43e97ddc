import { acceptInvitation, readInvitation } from "@rainmaker/contracts/organization/members";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { MailX } from "lucide-react";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { ApiProblem, hasCode } from "#lib/api-problem";
import { useForm } from "#lib/form";
import { keyOf } from "#lib/query";
import { startSession } from "#lib/session";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { ErrorState } from "#ui/error-state";
import { FormProblem } from "#ui/form-problem";
import { PasswordField } from "#ui/password-field";
import { SkeletonLines } from "#ui/skeleton";
import { TextField } from "#ui/text-field";
import { Entrance } from "./entrance.tsx";
import { roleNames } from "./role-names.ts";
import { submitLook } from "./sign-in-page.tsx";

type Offer = ReplyOf<typeof readInvitation>;

export function InvitationPage(): ReactElement {
  const { token } = useParams({ from: "/invitation/$token" });
  const { data, error, refetch } = useQuery({
    queryKey: keyOf(readInvitation, { params: { token } }),
    queryFn: ({ signal }) => call(readInvitation, { params: { token }, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data !== undefined) return <Acceptance token={token} offer={data} />;
  if (error === null) {
    return (
      <Entrance title="Invitation" lead="Looking at what this link offers">
        <SkeletonLines lines={4} />
      </Entrance>
    );
  }
  return (
    <Entrance title="Invitation" lead="This link does not open anything any more.">
      <DeadLink error={error} onRetry={() => void refetch()} />
    </Entrance>
  );
}

function DeadLink({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }): ReactElement {
  const isUsed = hasCode(error, "invitation_accepted");
  const isOver = error instanceof ApiProblem && [404, 409, 422].includes(error.status);
  if (!isOver) return <ErrorState error={error} what="The invitation" onRetry={onRetry} />;
  return (
    <EmptyState
      icon={MailX}
      title={isUsed ? "This invitation was used already" : "This invitation is not valid"}
      actions={
        <ButtonLink to="/sign-in" size="sm" tone="primary">
          Sign in
        </ButtonLink>
      }
    >
      {error.status === 409 ? `${error.detail}.` : "Ask whoever invited you for a new link."}
    </EmptyState>
  );
}

function Acceptance({ token, offer }: { readonly token: string; readonly offer: Offer }): ReactElement {
  const navigate = useNavigate();
  const { hasAccount, organizationName, email, roles } = offer;
  const form = useForm({
    initial: { firstName: "", lastName: "", password: "" },
    schema: acceptInvitation.body,
    toBody: ({ password, ...name }) => (hasAccount ? { token, password } : { token, password, ...name }),
    send: (body) => call(acceptInvitation, { body }),
    onDone: (session) => {
      startSession(session);
      void navigate({ to: "/", replace: true });
    },
  });
  return (
    <Entrance
      title={`Join ${organizationName}`}
      lead={`As ${roles.map((role) => roleNames[role].toLowerCase()).join(" and ")}, with ${email}.`}
    >
      <form {...form.props} className="flex flex-col gap-4.5">
        <FormProblem problem={form.problem} />
        {/* Password managers file the new password under this address. */}
        <input type="hidden" name="username" autoComplete="username" value={email} />
        {!hasAccount && (
          <div className="grid grid-cols-2 gap-3">
            <TextField label="First name" size="lg" autoComplete="given-name" {...form.field("firstName")} />
            <TextField label="Last name" size="lg" autoComplete="family-name" {...form.field("lastName")} />
          </div>
        )}
        <PasswordField
          label="Password"
          size="lg"
          autoComplete={hasAccount ? "current-password" : "new-password"}
          hint={
            hasAccount
              ? "You have a Rainmaker account already: use its password."
              : "At least 8 characters. Length is what counts."
          }
          {...form.field("password")}
        />
        <Button type="submit" tone="primary" shortcut="enter" isLoading={form.isSending} className={submitLook}>
          Join
        </Button>
      </form>
    </Entrance>
  );
}
