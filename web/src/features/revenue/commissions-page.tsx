import type { MemberId } from "@rainmaker/contracts/ids";
import { listTeams } from "@rainmaker/contracts/organization/members";
import { monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import type { ReactElement } from "react";
import { formatMonth, today } from "#lib/format";
import { liveQuery } from "#lib/query";
import { useUser } from "#lib/session";
import { Badge } from "#ui/badge";
import { Button, IconButton } from "#ui/button";
import { MonthPager } from "#ui/month-pager";
import { PageHead } from "#ui/page-head";
import { PeoplePicker } from "#ui/people-picker";
import { QueryView } from "#ui/query-view";
import { Skeleton } from "#ui/skeleton";
import { nameOf, useAllMembers } from "#features/organization";
import { peopleInReach } from "./people-in-reach.ts";
import { StatementView } from "./commissions/statement-view.tsx";
import type { StatementSearch } from "./commissions/search.ts";
import { statementQuery } from "./commissions/use-statement.ts";

/** A person's commission of a month: the own one, or that of somebody whose commission one may read. */
export function CommissionsPage(): ReactElement {
  const { month } = useParams({ from: "/shell/commissions/$month" });
  const search = useSearch({ from: "/shell/commissions/$month" });
  const navigate = useNavigate({ from: "/commissions/$month" });
  const user = useUser();
  const query = useQuery(statementQuery(month, search.member));
  const show = (changes: Partial<StatementSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const isYou = search.member === undefined || search.member === user.id;
  const firstName = query.data?.participant.name.split(" ")[0] ?? "";

  return (
    <>
      <PageHead
        title={formatMonth(month)}
        crumbs={[{ label: "Commissions", to: "/commissions" }]}
        context={
          <>
            <MonthPager
              month={month}
              last={monthOf(today(user.organization?.timeZone))}
              onGo={(next) => void navigate({ params: { month: next }, search: { member: search.member } })}
            />
            {!isYou && query.data !== undefined && <span>{query.data.participant.name}</span>}
            <Badge tone="earn">Accruing</Badge>
          </>
        }
        actions={
          <>
            <StatementPerson
              chosen={search.member}
              onChoose={(member) => show({ member, line: undefined })}
              className="w-52"
            />
            <Button size="sm" icon={Printer} onClick={() => window.print()}>
              Print
            </Button>
          </>
        }
        phoneActions={
          <IconButton
            icon={Printer}
            label="Print"
            tone="secondary"
            className="size-10 rounded-xl"
            onClick={() => window.print()}
          />
        }
      />
      <StatementPerson
        chosen={search.member}
        onChoose={(member) => show({ member, line: undefined })}
        className="mx-4 mb-2 flex-none sm:hidden print:hidden"
      />
      <QueryView
        query={query}
        what={isYou ? "Your commission statement" : "The commission statement"}
        skeleton={<StatementSkeleton />}
        className="m-5 max-sm:m-4"
      >
        {(statement) => (
          <StatementView
            statement={statement}
            earner={{ isYou, firstName }}
            lineKey={search.line}
            onExplain={(line) => show({ line })}
            onRetry={() => void query.refetch()}
          />
        )}
      </QueryView>
    </>
  );
}

type StatementPersonProps = {
  readonly chosen: MemberId | undefined;
  readonly onChoose: (member: MemberId | undefined) => void;
  readonly className: string;
};

/** For who reads more than the own commission: whose statement it is. */
function StatementPerson(props: StatementPersonProps): ReactElement | null {
  const { reach } = useUser();
  return reach["commission.read"] === "own" ? null : <PersonPicker {...props} />;
}

function PersonPicker({ chosen, onChoose, className }: StatementPersonProps): ReactElement {
  const user = useUser();
  const members = useAllMembers();
  const teams = useQuery(liveQuery(listTeams, {}, ["team", "member"])).data?.items ?? [];
  const people = peopleInReach(user, user.reach["commission.read"], members, teams);
  return (
    <PeoplePicker
      label="Whose statement"
      isLabelHidden
      size="sm"
      className={className}
      name="person"
      people={people.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
      value={chosen ?? user.id}
      onChange={(id) => onChoose(id === null || id === user.id ? undefined : (id as MemberId))}
    />
  );
}

function StatementSkeleton(): ReactElement {
  return (
    <div className="flex flex-col">
      <Skeleton className="w-24" />
      <Skeleton className="mt-4 h-7 w-56" />
      <Skeleton className="mt-4 w-72" />
      <div className="mt-12 flex flex-col gap-10">
        {["a", "b", "c", "d", "e"].map((row) => (
          <Skeleton key={row} className="h-3.5 w-full" />
        ))}
      </div>
    </div>
  );
}
