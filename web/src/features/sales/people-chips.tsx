import type { MemberId, TeamId } from "@rainmaker/contracts/ids";
import { UserRound, Users } from "lucide-react";
import type { ReactElement } from "react";
import { nameOf, useAllMembers, useTeams } from "#features/organization";
import { FilterChip } from "#ui/filter-chip";

type Narrowing = { readonly owner?: MemberId | undefined; readonly team?: TeamId | undefined };
type PeopleChipsProps = { readonly search: Narrowing; readonly onShow: (changes: Narrowing) => void };

/** Narrows to an owner and to a team, where there are any to choose between. */
export function PeopleChips({ search, onShow }: PeopleChipsProps): ReactElement {
  const members = useAllMembers().filter(({ status }) => status === "active");
  const teams = useTeams();
  return (
    <>
      {members.length > 1 && (
        <FilterChip<MemberId>
          label="Owner"
          icon={UserRound}
          emptyLabel="anyone"
          options={members.map((member) => ({ value: member.id, label: nameOf(member) }))}
          value={search.owner ?? null}
          onChange={(owner) => onShow({ owner: owner ?? undefined })}
        />
      )}
      {teams.length > 0 && (
        <FilterChip<TeamId>
          label="Team"
          icon={Users}
          emptyLabel="any"
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={search.team ?? null}
          onChange={(team) => onShow({ team: team ?? undefined })}
        />
      )}
    </>
  );
}
