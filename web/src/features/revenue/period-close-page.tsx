import type { Period, PeriodStatement } from "@rainmaker/contracts/revenue/periods";
import { addMonths, monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Check, Coins, Lock, Undo2, type LucideIcon } from "lucide-react";
import { useId, type ReactElement, type ReactNode } from "react";
import { formatMonth, today } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { MonthPager } from "#ui/month-pager";
import { PageHead, Toolbar } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { RailLayout } from "#ui/rail-layout";
import { SkeletonLines } from "#ui/skeleton";
import { TabPanel, Tabs } from "#ui/tabs";
import { stepBar } from "./periods/checks.ts";
import { CloseRail } from "./periods/close-rail.tsx";
import { CloseSteps } from "./periods/close-steps.tsx";
import type { CloseSearch } from "./periods/search.ts";
import { isAdjusted, isPlain, outliersFirst } from "./periods/standouts.ts";
import { PeriodBadge } from "./periods/state-badges.tsx";
import { StatementsTable } from "./periods/statements-table.tsx";
import { periodQuery, usePeriodActs, type PeriodActs } from "./periods/use-period.ts";

/** A month on its way to being paid: checks, statements, lock, payout. */
export function PeriodClosePage(): ReactElement {
  const { month } = useParams({ from: "/shell/commissions/$month/close" });
  const navigate = useNavigate({ from: "/commissions/$month/close" });
  const user = useUser();
  const query = useQuery(periodQuery(month));
  return (
    <>
      <PageHead
        title={`Close ${formatMonth(month)}`}
        crumbs={[{ label: "Commissions", to: "/commissions" }]}
        context={
          <>
            <MonthPager
              month={month}
              last={monthOf(today(user.organization?.timeZone))}
              onGo={(next) => void navigate({ params: { month: next } })}
            />
            {query.data !== undefined && <PeriodBadge state={query.data.state} />}
            {query.data?.state === "closing" && (
              <span className="text-xs max-lg:hidden">
                New money already counts for {formatMonth(addMonths(month, 1))}
              </span>
            )}
          </>
        }
        actions={
          <ButtonLink size="sm" to="/disputes" search={{}}>
            Disputes
          </ButtonLink>
        }
      />
      <QueryView
        query={query}
        what="The close of this month"
        skeleton={<SkeletonLines lines={10} />}
        className="m-5 max-sm:m-4"
      >
        {(period) => <CloseDesk period={period} onRetry={() => void query.refetch()} />}
      </QueryView>
    </>
  );
}

type DeskProps = { readonly period: Period; readonly onRetry: () => void };

function CloseDesk({ period, onRetry }: DeskProps): ReactElement {
  const { show } = useSearch({ from: "/shell/commissions/$month/close" });
  const navigate = useNavigate({ from: "/commissions/$month/close" });
  const acts = usePeriodActs(period.month);
  const mayClose = useCan("period.close");
  const user = useUser();
  const panelId = useId();
  const all = outliersFirst(period.statements);
  const barOf = ({ participant }: PeriodStatement): string | undefined =>
    participant.id === user.id ? "Your own statement is approved by somebody else" : undefined;
  const rows = all.filter(filters[show ?? "all"]);
  const plain = all.filter((one) => one.state === "issued" && isPlain(one) && barOf(one) === undefined);
  return (
    <RailLayout
      mainLabel="Statements"
      railLabel="Before locking"
      railWidth={360}
      rail={
        <>
          <CloseRail period={period} mayClose={mayClose} />
          {mayClose && <NextStep period={period} acts={acts} userId={user.id} />}
        </>
      }
    >
      <CloseSteps period={period} />
      <Toolbar>
        <Tabs
          label="Statements"
          panelId={panelId}
          tabs={tabsOf(all)}
          value={show ?? "all"}
          onChange={(next) => void navigate({ search: { show: next === "all" ? undefined : next }, replace: true })}
        />
        {plain.length > 1 && (
          <Button
            size="sm"
            icon={Check}
            className="ml-auto"
            isLoading={acts.busy === "approve"}
            onClick={() => acts.approve(plain.flatMap(({ id }) => id ?? []))}
          >
            Approve {plain.length} without flags
          </Button>
        )}
      </Toolbar>
      <TabPanel id={panelId} value={show ?? "all"} className="flex flex-col">
        <StatementsTable
          period={period}
          rows={rows}
          barOf={barOf}
          isBusy={acts.busy === "approve"}
          onApprove={({ id }) => id !== null && acts.approve([id])}
          onOpen={({ participant }) =>
            void navigate({
              to: "/commissions/$month",
              params: { month: period.month },
              search: { member: participant.id },
            })
          }
          onRetry={onRetry}
          empty={<NoStatements month={period.month} isFiltered={all.length > 0} />}
        />
      </TabPanel>
    </RailLayout>
  );
}

const filters = {
  all: () => true,
  disputed: ({ openDisputes }: PeriodStatement) => openDisputes > 0,
  adjusted: isAdjusted,
  waiting: ({ state }: PeriodStatement) => state === "issued",
} as const satisfies Record<NonNullable<CloseSearch["show"]> | "all", (statement: PeriodStatement) => boolean>;

function tabsOf(statements: readonly PeriodStatement[]) {
  const countOf = (name: keyof typeof filters): number => statements.filter(filters[name]).length;
  return [
    { value: "all", label: "Outliers first", count: countOf("all") },
    { value: "disputed", label: "Disputed", count: countOf("disputed") },
    { value: "adjusted", label: "Adjusted", count: countOf("adjusted") },
    { value: "waiting", label: "Not approved", count: countOf("waiting") },
  ] as const;
}

type StepProps = { readonly period: Period; readonly acts: PeriodActs; readonly userId: string };

/** The one thing that is next, and why not yet. */
function NextStep({ period, acts, userId }: StepProps): ReactElement | null {
  const { organization } = useUser();
  const bar = stepBar(period, userId, monthOf(today(organization?.timeZone)));
  const name = formatMonth(period.month).split(" ")[0];
  switch (period.state) {
    case "open":
      return (
        <Step note={bar ?? "Statements are issued as they stand; new money then counts for the next open month."}>
          <MainButton bar={bar} isBusy={acts.busy === "close"} onClick={() => acts.run("close")}>
            Close {name}
          </MainButton>
        </Step>
      );
    case "closing":
      return (
        <Step note={bar ?? "You lock, somebody else releases the payout."}>
          <MainButton icon={Lock} bar={bar} isBusy={acts.busy === "lock"} onClick={() => acts.run("lock")}>
            Lock {name}
          </MainButton>
          <Button icon={Undo2} isLoading={acts.busy === "reopen"} onClick={() => acts.run("reopen")}>
            Take the close back
          </Button>
        </Step>
      );
    case "locked":
      return (
        <Step note={bar ?? "The payroll file is ready; releasing marks every statement as paid."}>
          <MainButton icon={Coins} bar={bar} isBusy={acts.busy === "pay"} onClick={() => acts.run("pay")}>
            Release payout
          </MainButton>
        </Step>
      );
    case "paid":
      return null;
  }
}

type MainButtonProps = {
  readonly icon?: LucideIcon;
  readonly bar: string | undefined;
  readonly isBusy: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

function MainButton({ icon, bar, isBusy, onClick, children }: MainButtonProps): ReactElement {
  return (
    <Button
      tone="primary"
      size="lg"
      {...(icon !== undefined && { icon })}
      disabledReason={bar}
      isLoading={isBusy}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function Step({ note, children }: { readonly note: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="mt-auto flex flex-col gap-2 pt-3">
      {children}
      <p className="text-center text-xs text-muted">{note}</p>
    </div>
  );
}

function NoStatements({ month, isFiltered }: { readonly month: string; readonly isFiltered: boolean }): ReactElement {
  if (isFiltered) {
    return (
      <EmptyState icon={Check} title="None of these">
        No statement of {formatMonth(month)} is in this view.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Coins} title={`Nobody earned anything in ${formatMonth(month)}`}>
      A statement is there as soon as a payment of somebody is verified.
    </EmptyState>
  );
}
