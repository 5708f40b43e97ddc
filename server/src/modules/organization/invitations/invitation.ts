import type { Role } from "@rainmaker/contracts/organization/permissions";
import { Refusal } from "#platform/errors";

export type Invitation = {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly customRoleIds: readonly string[];
  readonly teamId: string | null;
  /** Somebody an import named, who gets an account by this. */
  readonly memberId: string | null;
  readonly invitedBy: string;
  readonly invitedAt: string;
  readonly expiresAt: string;
  readonly acceptedAt: string | null;
  readonly revokedAt: string | null;
};

/** An invitation with the secret of its link, which is shown to whoever invites and stored nowhere. */
export type Invited = { readonly invitationId: string; readonly token: string };

const validDays = 7;

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + validDays * 86_400_000);
}

export function statusOf(invitation: Invitation, now: Date): "pending" | "accepted" | "revoked" | "expired" {
  if (invitation.acceptedAt !== null) return "accepted";
  if (invitation.revokedAt !== null) return "revoked";
  return Date.parse(invitation.expiresAt) <= now.getTime() ? "expired" : "pending";
}

/** A link works once, for a week. @throws Refusal 409 that says why it does not */
export function refuseUnlessPending(invitation: Invitation, now: Date): void {
  const status = statusOf(invitation, now);
  if (status === "pending") return;
  const sentence = {
    accepted: "This invitation was used already; sign in instead",
    revoked: "This invitation was withdrawn; ask for a new one",
    expired: "This invitation has expired; ask for a new one",
  }[status];
  throw new Refusal("conflict", `invitation_${status}`, sentence);
}

export function linkOf(publicUrl: string, token: string): string {
  return `${publicUrl}/invitation/${token}`;
}
