import type { MemberId } from "@rainmaker/contracts/ids";
import type { Invitation, Member } from "@rainmaker/contracts/organization/members";
import { UserRoundX, Users } from "lucide-react";
import type { ReactElement } from "react";
import { formatLeft } from "#lib/format";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { LinkButton } from "#ui/link";
import { Moment } from "#ui/moment";
import { InvitationActions } from "./invitation-actions.tsx";
import { rowKey, rowName, type PersonRow } from "./people-rows.ts";
import { rolesText } from "./role-names.ts";
import type { People } from "./users-page.tsx";
import { nameOf, standingOf } from "./use-members.ts";

type PeopleTableProps = {
  readonly people: People;
  readonly openId: MemberId | undefined;
  readonly onOpen: (member: MemberId) => void;
  readonly onInvite: (() => void) | undefined;
  readonly isFiltered: boolean;
  readonly onClearFilters: () => void;
};

export function PeopleTable(props: PeopleTableProps): ReactElement {
  const { people, openId, onOpen, onInvite } = props;
  const open = (row: PersonRow): void => {
    if (row.kind === "member") onOpen(row.member.id);
  };
  const columns: readonly Column<PersonRow>[] = [
    { key: "person", head: "Person", render: (row) => <Person row={row} onOpen={() => open(row)} /> },
    { key: "role", head: "Role", render: (row) => rolesOf(personOf(row)), className: "max-w-52 truncate" },
    {
      key: "team",
      head: "Team",
      render: (row) => <span className="text-muted">{personOf(row).team?.name ?? ""}</span>,
      className: "max-w-40 truncate",
    },
    { key: "state", head: "State", render: (row) => <State row={row} /> },
    { key: "seen", head: "Last seen", align: "right", render: (row) => <Seen row={row} onInvite={() => open(row)} /> },
  ];
  return (
    <DataTable
      label="People"
      columns={columns}
      rows={people.rows}
      keyOf={rowKey}
      rowHeight={42}
      error={people.error}
      onRetry={people.retry}
      currentKey={openId}
      onOpen={open}
      hasMore={people.hasMore}
      isLoadingMore={people.isLoadingMore}
      onMore={people.loadMore}
      renderPhone={(row) => (
        <span className="flex items-center gap-3">
          <Person row={row} onOpen={() => open(row)} detail={rolesOf(personOf(row))} />
          <span className="ml-auto flex flex-none items-center">
            <State row={row} isShort />
            {row.kind === "invitation" && <InvitationActions invitation={row.invitation} />}
          </span>
        </span>
      )}
      empty={
        props.isFiltered ? (
          <EmptyState
            icon={UserRoundX}
            title="Nobody fits these filters"
            actions={
              <Button size="sm" onClick={props.onClearFilters}>
                Clear filters
              </Button>
            }
          />
        ) : (
          <EmptyState
            icon={Users}
            title="Nobody here"
            actions={
              onInvite !== undefined && (
                <Button tone="primary" size="sm" shortcut="n" onClick={onInvite}>
                  Invite people
                </Button>
              )
            }
          >
            People appear here when they are invited, and when an import names them.
          </EmptyState>
        )
      }
    />
  );
}

function personOf(row: PersonRow): Member | Invitation {
  return row.kind === "member" ? row.member : row.invitation;
}

function rolesOf({ roles, customRoles }: Member | Invitation): string {
  return rolesText(roles, customRoles);
}

function Person(props: {
  readonly row: PersonRow;
  readonly onOpen: () => void;
  readonly detail?: string;
}): ReactElement {
  const { row, onOpen } = props;
  const detail =
    props.detail ?? (row.kind === "member" ? (row.member.email ?? row.member.jobTitle) : "Invited by link");
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Avatar person={{ id: rowKey(row), name: rowName(row) }} isDecorative />
      <span className="flex min-w-0 flex-col leading-4.5">
        {row.kind === "member" ? (
          <LinkButton onClick={onOpen} className="truncate text-left text-default">
            {nameOf(row.member)}
          </LinkButton>
        ) : (
          <span className="truncate font-medium">{row.invitation.email}</span>
        )}
        <span className="truncate text-xs text-subtle">{detail ?? "No account yet"}</span>
      </span>
    </span>
  );
}

function State({ row, isShort = false }: { readonly row: PersonRow; readonly isShort?: boolean }): ReactElement {
  if (row.kind === "invitation") {
    return row.invitation.status === "expired" ? (
      <Badge tone="warning">Expired</Badge>
    ) : (
      <Badge tone="info">
        <span>
          Invited
          {!isShort && (
            <>
              {" "}
              <Moment at={row.invitation.invitedAt} isInSentence />
            </>
          )}
        </span>
      </Badge>
    );
  }
  switch (standingOf(row.member)) {
    case "active":
      return <Badge tone="success">Active</Badge>;
    case "unclaimed":
      return <Badge tone="line">Not invited yet</Badge>;
    case "deactivated":
      return <Badge>Deactivated</Badge>;
  }
}

function Seen({ row, onInvite }: { readonly row: PersonRow; readonly onInvite: () => void }): ReactElement {
  if (row.kind === "invitation") {
    return (
      <span className="inline-flex items-center gap-2 text-xs text-subtle">
        {row.invitation.status === "pending" && formatLeft(row.invitation.expiresAt)}
        <InvitationActions invitation={row.invitation} />
      </span>
    );
  }
  if (standingOf(row.member) === "unclaimed") {
    return (
      <LinkButton className="text-xs" onClick={onInvite}>
        Invite
      </LinkButton>
    );
  }
  if (row.member.lastSeenAt === null) return <span className="text-xs text-subtle">never</span>;
  return <Moment at={row.member.lastSeenAt} as="ago" className="text-xs text-subtle" />;
}
