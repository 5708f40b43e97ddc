import { renewInvitation, revokeInvitation, type Invitation } from "@rainmaker/contracts/organization/members";
import { Ellipsis, Link2, Trash2 } from "lucide-react";
import { useState, type ReactElement } from "react";
import { notify, notifyFailure } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { IconButton } from "#ui/button";
import { CopyButton } from "#ui/copy-button";
import { Dialog } from "#ui/dialog";
import { Menu, MenuItem } from "#ui/menu";

/** A new link for somebody who waits, or the end of the wait. Links are shown once: a copy needs a new one. */
export function InvitationActions({ invitation }: { readonly invitation: Invitation }): ReactElement {
  const { id: invitationId, email } = invitation;
  const renew = useCall(renewInvitation, ["invitation"]);
  const revoke = useCall(revokeInvitation, ["invitation"]);
  const [url, setUrl] = useState<string | null>(null);

  const makeLink = (): void =>
    renew.mutate(
      { params: { invitationId } },
      {
        onSuccess: (renewed) => setUrl(renewed.url),
        onError: (error) => notifyFailure(`No new link for ${email}`, error),
      },
    );
  const withdraw = (): void =>
    revoke.mutate(
      { params: { invitationId } },
      {
        onSuccess: () =>
          notify({ tone: "done", title: `Withdrew the invitation of ${email}`, detail: "Its link is dead." }),
        onError: (error) => notifyFailure(`The invitation of ${email} was not withdrawn`, error),
      },
    );
  const trigger = (
    <IconButton
      icon={Ellipsis}
      label={`Actions for ${email}`}
      size="xs"
      isLoading={renew.isPending || revoke.isPending}
    />
  );
  return (
    <>
      <Menu trigger={trigger} align="end">
        <MenuItem icon={Link2} onSelect={makeLink}>
          New link
        </MenuItem>
        <MenuItem icon={Trash2} isDanger onSelect={withdraw}>
          Withdraw
        </MenuItem>
      </Menu>
      <Dialog
        isOpen={url !== null}
        onClose={() => setUrl(null)}
        title={`New link for ${email}`}
        description="Send it to them yourself. It works once, for 7 days; the one before has stopped working."
      >
        <LinkLine url={url ?? ""} email={email} />
      </Dialog>
    </>
  );
}

export function LinkLine({ url, email }: { readonly url: string; readonly email: string }): ReactElement {
  return (
    <span className="flex items-center gap-2">
      <input
        readOnly
        aria-label={`Link for ${email}`}
        value={url}
        onFocus={(event) => event.target.select()}
        className="h-7 min-w-0 flex-1 rounded-sm bg-sunken px-2 font-mono text-xs pointer-coarse:h-11"
      />
      <CopyButton text={url} ariaLabel={`Copy the link for ${email}`} />
    </span>
  );
}
