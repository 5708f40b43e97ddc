import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import type { User } from "@rainmaker/contracts/organization/sessions";
import { monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { HandCoins, House, Plus } from "lucide-react";
import { Suspense, type ReactElement } from "react";
import { openPalette } from "#lib/commands";
import { today } from "#lib/format";
import { useKey } from "#lib/keys";
import { can, useCan, useUser } from "#lib/session";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { lazyPart } from "#ui/lazy-part";
import { PageBody, PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { Skeleton } from "#ui/skeleton";
import { EarnedTile } from "./earned-tile.tsx";
import { greeting, longDay } from "./greeting.ts";
import { ApprovalsTile } from "./approvals-tile.tsx";
import { AttainmentTile, ClosingTile, StreakTile } from "./tiles.tsx";
import { dashboardQuery, useSpokenChanges } from "./use-dashboard.ts";

// What stands below the figures comes after them: they are what is looked for first.
const HomeDetails = lazyPart("The rest of your figures", async () => (await import("./home-details.tsx")).HomeDetails);
const VerifierHome = lazyPart("The verification queue", async () => (await import("./verifier-home.tsx")).VerifierHome);

/** Who may none of these has nothing to make. */
const creations = ["opportunity.create", "customer.create", "payment.record", "member.invite"] as const;

/** Home by what somebody does: who sells, leads and verifies sees all three. */
export function HomePage(): ReactElement {
  const user = useUser();
  const navigate = useNavigate();
  const mayRecord = useCan("payment.record");
  const verifies = useCan("payment.verify");
  const mayCreate = creations.some((permission) => can(user, permission));
  const mayEarn = useCan("commission.read");
  const day = today(user.organization?.timeZone);
  useKey("y", "Record a payment", () => void navigate({ to: "/deals", search: { record: "new" } }), {
    isActive: mayRecord,
  });
  useKey("n", "New", () => openPalette("create"), { isActive: mayCreate });
  useKey(
    "w",
    "Why: explain the commission",
    () => void navigate({ to: "/commissions/$month", params: { month: monthOf(day) } }),
    {
      isActive: mayEarn,
    },
  );
  // Who only verifies has no sales of their own to look at.
  const isVerifierOnly = verifies && user.roles.every((role) => role === "verifier");
  return (
    <>
      <PageHead
        title={`${greeting()}, ${user.firstName}`}
        context={<span className="max-sm:hidden">{longDay(day)}</span>}
        actions={
          !isVerifierOnly && (
            <>
              {mayRecord && (
                <ButtonLink
                  to="/deals"
                  search={{ record: "new" }}
                  size="sm"
                  icon={HandCoins}
                  shortcut="y"
                  aria-keyshortcuts="Y"
                >
                  Record payment
                </ButtonLink>
              )}
              {mayCreate && (
                <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={() => openPalette("create")}>
                  New
                </Button>
              )}
            </>
          )
        }
      />
      <PageBody className="flex flex-col gap-3.5">
        {verifies && (
          <Suspense fallback={<DetailsSkeleton />}>
            <VerifierHome />
          </Suspense>
        )}
        {!isVerifierOnly && <Figures today={day} />}
      </PageBody>
    </>
  );
}

function Figures({ today: day }: { readonly today: string }): ReactElement {
  const query = useQuery(dashboardQuery());
  return (
    <QueryView query={query} what="Your figures" skeleton={<FiguresSkeleton />}>
      {(dashboard) => <DashboardView dashboard={dashboard} today={day} />}
    </QueryView>
  );
}

type ViewProps = { readonly dashboard: Dashboard; readonly today: string };

function DashboardView({ dashboard, today: day }: ViewProps): ReactElement {
  useSpokenChanges(dashboard);
  const user = useUser();
  if (isBare(user, dashboard)) return <NothingHere />;
  return (
    <>
      <KpiStrip dashboard={dashboard} />
      <Suspense fallback={<DetailsSkeleton />}>
        <HomeDetails dashboard={dashboard} today={day} />
      </Suspense>
    </>
  );
}

/** Who neither sells nor sees anybody's sales: figures of nothing would only puzzle. */
function isBare(user: User, { leaderboard, days, attainment }: Dashboard): boolean {
  return !can(user, "opportunity.read") && leaderboard === null && attainment === null && days.length === 0;
}

function NothingHere(): ReactElement {
  return (
    <EmptyState
      icon={House}
      title="Nothing is shared with you yet"
      actions={<ButtonLink to="/goals">Goals</ButtonLink>}
    >
      Figures appear here as soon as you belong to a team. An admin of your organisation can add you to one.
    </EmptyState>
  );
}

function KpiStrip({ dashboard }: Pick<ViewProps, "dashboard">): ReactElement {
  const user = useUser();
  const { earned, scope } = dashboard;
  const sells = user.roles.includes("sales_rep");
  return (
    <div className="grid grid-cols-2 gap-3.5 max-sm:gap-2.5 lg:grid-cols-[repeat(auto-fit,minmax(220px,1fr))]">
      <AttainmentTile dashboard={dashboard} />
      {sells && earned !== null && <EarnedTile dashboard={dashboard} earned={earned} />}
      {can(user, "deal.approve") && <ApprovalsTile />}
      {(sells || scope === "team") && <StreakTile dashboard={dashboard} />}
      {can(user, "opportunity.read") && <ClosingTile dashboard={dashboard} />}
    </div>
  );
}

function FiguresSkeleton(): ReactElement {
  return (
    <div className="flex flex-col gap-3.5">
      <div className="grid grid-cols-2 gap-3.5 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((tile) => (
          <Skeleton key={tile} className="h-33 rounded-lg" />
        ))}
      </div>
      <DetailsSkeleton />
    </div>
  );
}

function DetailsSkeleton(): ReactElement {
  return (
    <div className="grid gap-3.5 lg:grid-cols-[minmax(0,17fr)_minmax(0,10fr)]">
      <Skeleton className="h-64 rounded-lg" />
      <Skeleton className="h-64 rounded-lg" />
    </div>
  );
}
