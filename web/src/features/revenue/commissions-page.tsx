import { monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Printer } from "lucide-react";
import { Suspense, type ReactElement } from "react";
import { formatMonth, today } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { Button, ButtonLink, IconButton } from "#ui/button";
import { lazyPart } from "#ui/lazy-part";
import { MonthPager } from "#ui/month-pager";
import { PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { Skeleton } from "#ui/skeleton";
import type { PersonPickerProps } from "./commissions/person-picker.tsx";
import { StatementView } from "./commissions/statement-view.tsx";
import { EarningsStrip } from "./earnings/earnings-strip.tsx";
import { StatementBadge } from "./periods/state-badges.tsx";
import type { StatementSearch } from "./commissions/search.ts";
import { statementQuery } from "./commissions/use-statement.ts";

// Most people read their own statement only.
const PersonPicker = lazyPart(
  "The choice of people",
  async () => (await import("./commissions/person-picker.tsx")).PersonPicker,
);

/** A person's commission of a month: the own one, or that of somebody whose commission one may read. */
export function CommissionsPage(): ReactElement {
  const { month } = useParams({ from: "/shell/commissions/$month" });
  const search = useSearch({ from: "/shell/commissions/$month" });
  const navigate = useNavigate({ from: "/commissions/$month" });
  const user = useUser();
  const mayApprove = useCan("statement.approve");
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
            {query.data !== undefined && <StatementBadge state={query.data.state} />}
          </>
        }
        actions={
          <>
            <StatementPerson
              chosen={search.member}
              onChoose={(member) => show({ member, line: undefined })}
              className="w-52"
            />
            <PlansLink />
            <ButtonLink size="sm" to="/disputes" search={{}}>
              Disputes
            </ButtonLink>
            {mayApprove && (
              <ButtonLink size="sm" to="/commissions/$month/close" params={{ month }} search={{}}>
                Close month
              </ButtonLink>
            )}
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
      <EarningsStrip month={month} isYou={isYou} />
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

function PlansLink(): ReactElement | null {
  if (!useCan("plan.read")) return null;
  return (
    <ButtonLink size="sm" to="/plans">
      Plans
    </ButtonLink>
  );
}

/** For who reads more than the own commission: whose statement it is. */
function StatementPerson(props: PersonPickerProps): ReactElement | null {
  const { reach } = useUser();
  if (reach["commission.read"] === "own") return null;
  return (
    <Suspense fallback={<span className={props.className} />}>
      <PersonPicker {...props} />
    </Suspense>
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
