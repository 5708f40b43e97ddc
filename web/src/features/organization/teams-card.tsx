import type { Team } from "@rainmaker/contracts/organization/members";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { useState, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatCount, formatCountOf } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { IconButton } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { TeamSheet } from "./team-sheet.tsx";
import { teamTree } from "./team-tree.ts";
import { teamsQuery } from "./use-members.ts";

type TeamsCardProps = {
  /** How many people there are in all. */
  readonly total: number | undefined;
  readonly shownTeamId: string | undefined;
  /** Narrows the list of people to a team; undefined shows everybody. */
  readonly onShow: (teamId: string | undefined) => void;
};

type Editing = { readonly kind: "none" } | { readonly kind: "new" } | { readonly kind: "team"; readonly id: string };

/** Teams as a tree. Leaders see the records of their team and of the teams below it. */
export function TeamsCard({ total, shownTeamId, onShow }: TeamsCardProps): ReactElement {
  const query = useQuery(teamsQuery());
  const mayEdit = useCan("team.edit");
  const { organization } = useUser();
  const [editing, setEditing] = useState<Editing>({ kind: "none" });
  const edited = query.data?.items.find(({ id }) => editing.kind === "team" && id === editing.id);
  const add = mayEdit && (
    <IconButton icon={Plus} label="Add a team" size="xs" onClick={() => setEditing({ kind: "new" })} />
  );
  return (
    <Card className="flex-none">
      <CardHead title="Teams" end={add} />
      <QueryView query={query} what="Teams" skeleton={<SkeletonLines lines={4} className="p-4" />}>
        {({ items }) => (
          <ul className="border-t border-line-subtle">
            <li className="flex min-h-9 items-center gap-2 px-3.5">
              <button
                type="button"
                aria-pressed={shownTeamId === undefined}
                onClick={() => onShow(undefined)}
                className="min-w-0 flex-1 self-stretch truncate rounded-xs text-left font-medium hover:underline"
              >
                {organization?.name ?? "Everybody"}
              </button>
              {total !== undefined && <span className="tnum text-xs text-subtle">{formatCount(total)}</span>}
            </li>
            {teamTree(items).map(({ team, depth }) => (
              <TeamRow
                key={team.id}
                team={team}
                depth={depth}
                isShown={team.id === shownTeamId}
                onShow={() => onShow(team.id === shownTeamId ? undefined : team.id)}
                onEdit={mayEdit ? () => setEditing({ kind: "team", id: team.id }) : undefined}
              />
            ))}
          </ul>
        )}
      </QueryView>
      {query.data?.items.length === 0 && (
        <CardBody className="pt-3 text-xs text-muted">
          No teams yet. Teams decide what managers see and whose goals are added up.
        </CardBody>
      )}
      {editing.kind !== "none" && <TeamSheet team={edited ?? null} onClose={() => setEditing({ kind: "none" })} />}
    </Card>
  );
}

type TeamRowProps = {
  readonly team: Team;
  readonly depth: number;
  readonly isShown: boolean;
  readonly onShow: () => void;
  readonly onEdit: (() => void) | undefined;
};

// Deeper than this the names would have no room; the order still says what is below what.
const indents = ["pl-8.5", "pl-14.5", "pl-20.5", "pl-26.5"] as const;

function TeamRow({ team, depth, isShown, onShow, onEdit }: TeamRowProps): ReactElement {
  const { name, leader, memberCount } = team;
  return (
    <li
      className={cx(
        "group flex min-h-9 items-center gap-2 border-t border-line-subtle pr-3.5 pointer-coarse:min-h-11",
        indents[Math.min(depth, indents.length - 1)],
        isShown && "bg-selected",
      )}
    >
      <button
        type="button"
        aria-pressed={isShown}
        onClick={onShow}
        className="min-w-0 flex-1 self-stretch truncate rounded-xs text-left hover:underline aria-pressed:font-medium"
      >
        {name}
      </button>
      {onEdit !== undefined && (
        <IconButton
          icon={Pencil}
          iconSize={14}
          label={`Edit ${name}`}
          size="xs"
          onClick={onEdit}
          className="pointer-fine:opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
        />
      )}
      {leader === null ? <Badge tone="warning">No lead</Badge> : <Avatar person={leader} size={20} />}
      <span className="tnum min-w-5 text-right text-xs text-subtle" data-tip={formatCountOf(memberCount, "member")}>
        {memberCount}
      </span>
    </li>
  );
}

/** What deactivating somebody does and does not do. */
export function LeaverCard(): ReactElement {
  return (
    <Card className="flex-none px-4 py-3">
      <h2 className="text-[13.5px] leading-5 font-semibold">When somebody leaves</h2>
      <p className="mt-0.75 text-xs text-muted">
        Deactivating ends their sessions within 5 s. Their records stay theirs until somebody reassigns them, and their
        commission history stays. Activating lets them in again.
      </p>
    </Card>
  );
}
