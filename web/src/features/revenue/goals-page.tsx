import type { Goal } from "@rainmaker/contracts/revenue/goals";
import { monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Info, Plus, Target, Trophy } from "lucide-react";
import { Suspense, type ReactElement } from "react";
import { formatMonth, today } from "#lib/format";
import { useKey } from "#lib/keys";
import { useCan, useUser } from "#lib/session";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { lazyPart } from "#ui/lazy-part";
import { MonthPager } from "#ui/month-pager";
import { PageBody, PageHead, PhoneDock, Toolbar } from "#ui/page-head";
import { Segmented } from "#ui/segmented";
import { Skeleton } from "#ui/skeleton";
import { GoalsTable } from "./goals/goals-table.tsx";
import { LeaderboardView } from "./goals/leaderboard-view.tsx";
import type { GoalsSearch } from "./goals/search.ts";
import { goalOf, goalsQuery } from "./goals/use-goals.ts";

// Few people set goals, and seldom.
const GoalComposer = lazyPart(
  "The form for goals",
  async () => (await import("./goals/goal-composer.tsx")).GoalComposer,
);

/** What each should reach in a month and how far they are; or who is ahead. */
export function GoalsPage(): ReactElement {
  const search = useSearch({ from: "/shell/goals" });
  const navigate = useNavigate({ from: "/goals" });
  const user = useUser();
  const maySet = useCan("goal.edit");
  const show = (changes: Partial<GoalsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const thisMonth = monthOf(today(user.organization?.timeZone));
  const add = (): void => show({ set: true, show: undefined });
  useKey("n", "New goal", add, { isActive: maySet });
  return (
    <>
      <PageHead
        title="Goals"
        actions={
          maySet && (
            <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={add}>
              New goal
            </Button>
          )
        }
      />
      <Toolbar>
        <Segmented
          label="View"
          options={[
            { value: "goals", label: "Goals", icon: Target },
            { value: "leaderboard", label: "Leaderboard", icon: Trophy },
          ]}
          value={search.show ?? "goals"}
          onChange={(view) => show({ show: view === "goals" ? undefined : view, set: undefined })}
        />
        <span className="ml-auto flex items-center gap-1 whitespace-nowrap">
          <MonthText month={search.show === undefined ? (search.month ?? thisMonth) : thisMonth} />
          {search.show === undefined && (
            <MonthPager
              month={search.month ?? thisMonth}
              onGo={(month) => show({ month: month === thisMonth ? undefined : month })}
            />
          )}
        </span>
      </Toolbar>
      {search.show === "leaderboard" ? (
        <LeaderboardView />
      ) : (
        <GoalsOfMonth search={search} thisMonth={thisMonth} onShow={show} />
      )}
      {maySet && search.set === undefined && (
        <PhoneDock>
          <Button tone="primary" icon={Plus} onClick={add}>
            New goal
          </Button>
        </PhoneDock>
      )}
    </>
  );
}

/** Without the year on phones, where there is no room. */
function MonthText({ month }: { readonly month: string }): ReactElement {
  const [name, year] = formatMonth(month).split(" ");
  return (
    <span className="font-medium">
      {name}
      <span className="max-sm:sr-only"> {year}</span>
    </span>
  );
}

type GoalsOfMonthProps = {
  readonly search: GoalsSearch;
  readonly thisMonth: string;
  readonly onShow: (changes: Partial<GoalsSearch>) => void;
};

function GoalsOfMonth({ search, thisMonth, onShow }: GoalsOfMonthProps): ReactElement {
  const maySet = useCan("goal.edit");
  const month = search.month ?? thisMonth;
  const { data, error, refetch } = useQuery(goalsQuery(month));
  const goals = data?.items;
  const change = ({ subject }: Goal): void => onShow({ set: subject.id });
  const add = (): void => onShow({ set: true });
  return (
    <PageBody isPadded={false} className="flex flex-col">
      {maySet && <OpenComposer goals={goals} month={month} search={search} thisMonth={thisMonth} onShow={onShow} />}
      <GoalsTable
        goals={goals}
        workdays={data?.workdays}
        currentId={goals?.find(({ subject }) => subject.id === search.set)?.id}
        onChange={maySet ? change : undefined}
        error={error}
        onRetry={() => void refetch()}
        empty={<NoGoals month={month} onAdd={maySet ? add : undefined} />}
      />
      {goals?.length !== 0 && <WhatCounts />}
    </PageBody>
  );
}

type OpenComposerProps = GoalsOfMonthProps & { readonly goals: readonly Goal[] | undefined; readonly month: string };

function OpenComposer({ goals, month, search, thisMonth, onShow }: OpenComposerProps): ReactElement | null {
  const { team } = useUser();
  // What it replaces has to be known first.
  if (goals === undefined || !isOpen(search)) return null;
  // A new goal is the team's where it has none yet.
  const teamWithout = goalOf(goals, team?.id) === undefined ? team?.id : undefined;
  return (
    <div className="p-5 pb-3 max-sm:p-4">
      <Suspense fallback={<Skeleton className="h-27 rounded-lg" />}>
        <GoalComposer
          // Another one starts over.
          key={`${month}/${String(search.set)}`}
          month={month}
          thisMonth={thisMonth}
          subjectId={typeof search.set === "string" ? search.set : teamWithout}
          onDone={(goal) => onShow({ set: undefined, month: goal.month === thisMonth ? undefined : goal.month })}
          onCancel={() => onShow({ set: undefined })}
        />
      </Suspense>
    </div>
  );
}

function isOpen({ set }: GoalsSearch): boolean {
  return set !== undefined && set !== false;
}

function WhatCounts(): ReactElement {
  return (
    <p className="flex items-start gap-2 p-5 text-xs text-muted max-sm:p-4">
      <Info size={14} className="mt-px flex-none" aria-hidden="true" />
      Verified money counts, on the day it arrived. A goal never pays by itself: commission follows the plan.
    </p>
  );
}

type NoGoalsProps = { readonly month: string; readonly onAdd: (() => void) | undefined };

function NoGoals({ month, onAdd }: NoGoalsProps): ReactElement {
  return (
    <EmptyState
      icon={Target}
      title={`No goals in ${formatMonth(month)}`}
      actions={
        onAdd !== undefined && (
          <Button tone="primary" icon={Plus} onClick={onAdd}>
            New goal
          </Button>
        )
      }
    >
      {onAdd === undefined
        ? "Your manager sets goals for the team and its people. Those that concern you appear here."
        : "A goal says what a team or a person should bring in as verified money. Home and the leaderboard measure against it."}
    </EmptyState>
  );
}
