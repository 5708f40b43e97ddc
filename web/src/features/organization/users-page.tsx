import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { UserRoundPlus } from "lucide-react";
import type { ReactElement } from "react";
import type * as z from "zod/mini";
import { formatCountOf } from "#lib/format";
import { useKey } from "#lib/keys";
import { itemsOf } from "#lib/query";
import { useCan } from "#lib/session";
import { Button } from "#ui/button";
import { FilterChip } from "#ui/filter-chip";
import { PageHead, PhoneDock, Toolbar } from "#ui/page-head";
import { RailLayout } from "#ui/rail-layout";
import { TabPanel, Tabs } from "#ui/tabs";
import { InvitePanel } from "./invite-panel.tsx";
import { MemberSheet } from "./member-sheet.tsx";
import { PeopleTable } from "./people-table.tsx";
import { peopleRows, type PeopleFilter } from "./people-rows.ts";
import { roleOptions } from "./role-names.ts";
import type { usersSearch } from "./search.ts";
import { LeaverCard, TeamsCard } from "./teams-card.tsx";
import { membersQuery, useInvitations, useTeams } from "./use-members.ts";

const panelId = "people";

export function UsersPage(): ReactElement {
  const search = useSearch({ from: "/shell/users" });
  const navigate = useNavigate({ from: "/users" });
  const mayInvite = useCan("member.invite");
  const people = usePeople({ tab: search.tab ?? "all", role: search.role, teamId: search.team });
  const show = (changes: Partial<UsersSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const isInviting = mayInvite && search.invite === true;
  const invite = (): void => show({ invite: true });
  useKey("n", "Invite people", invite, { isActive: mayInvite });

  return (
    <>
      <PageHead
        title="Users & teams"
        context={people.activeCount === undefined ? undefined : formatCountOf(people.activeCount, "person", "people")}
        actions={
          mayInvite && (
            <Button tone="primary" size="sm" icon={UserRoundPlus} shortcut="n" onClick={invite}>
              Invite
            </Button>
          )
        }
      />
      <UsersToolbar search={search} counts={people.counts} onShow={show} />
      <RailLayout
        mainLabel="People"
        railLabel="Teams"
        railWidth={400}
        rail={
          <>
            <TeamsCard total={people.activeCount} shownTeamId={search.team} onShow={(team) => show({ team })} />
            <LeaverCard />
          </>
        }
      >
        {isInviting && <InvitePanel onClose={() => show({ invite: undefined })} />}
        <TabPanel id={panelId} value={search.tab ?? "all"}>
          <PeopleTable
            people={people}
            openId={search.member}
            onOpen={(member) => show({ member })}
            onInvite={mayInvite ? invite : undefined}
            onClearFilters={() => show({ role: undefined, team: undefined })}
            isFiltered={search.role !== undefined || search.team !== undefined}
          />
        </TabPanel>
      </RailLayout>
      {mayInvite && !isInviting && (
        <PhoneDock>
          <Button tone="primary" icon={UserRoundPlus} onClick={invite}>
            Invite people
          </Button>
        </PhoneDock>
      )}
      {search.member !== undefined && (
        <MemberSheet memberId={search.member} onClose={() => show({ member: undefined })} />
      )}
    </>
  );
}

type UsersSearch = z.output<typeof usersSearch>;

type UsersToolbarProps = {
  readonly search: UsersSearch;
  readonly counts: People["counts"];
  readonly onShow: (changes: Partial<UsersSearch>) => void;
};

function UsersToolbar({ search, counts, onShow }: UsersToolbarProps): ReactElement {
  const teams = useTeams();
  return (
    <Toolbar>
      <Tabs
        className="flex-none"
        label="People"
        panelId={panelId}
        value={search.tab ?? "all"}
        onChange={(tab) => onShow({ tab: tab === "all" ? undefined : tab })}
        tabs={[
          { value: "all", label: "All", count: counts?.all },
          { value: "invited", label: "Invited", count: counts?.invited },
          { value: "deactivated", label: "Deactivated", count: counts?.deactivated },
        ]}
      />
      <span className="ml-auto flex items-center gap-2">
        <FilterChip
          label="Role"
          emptyLabel="all"
          options={roleOptions}
          value={search.role ?? null}
          onChange={(role) => onShow({ role: role ?? undefined })}
        />
        <FilterChip
          label="Team"
          emptyLabel="all"
          options={teams.map(({ id, name }) => ({ value: id as string, label: name }))}
          value={search.team ?? null}
          onChange={(team) => onShow({ team: team ?? undefined })}
        />
      </span>
    </Toolbar>
  );
}

export type People = ReturnType<typeof usePeople>;

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- put together from queries, used by this page alone
function usePeople(filter: PeopleFilter) {
  const members = useInfiniteQuery(membersQuery());
  const invitations = useInvitations();
  const known = itemsOf(members.data);
  const all = { role: undefined, teamId: undefined };
  const countOf = (tab: PeopleFilter["tab"]): number => peopleRows(known ?? [], invitations, { tab, ...all }).length;
  return {
    rows: known === undefined ? undefined : peopleRows(known, invitations, filter),
    activeCount: known?.filter(({ status }) => status === "active").length,
    // Counts are said when they are true: not before the last page is here.
    counts:
      known === undefined || members.hasNextPage
        ? undefined
        : { all: countOf("all"), invited: countOf("invited"), deactivated: countOf("deactivated") },
    error: members.error,
    retry: () => void members.refetch(),
    hasMore: members.hasNextPage,
    isLoadingMore: members.isFetchingNextPage,
    loadMore: () => void members.fetchNextPage(),
  };
}
