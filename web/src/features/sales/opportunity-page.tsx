import type { Pipeline } from "@rainmaker/contracts/sales/pipelines";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { Ellipsis, Trash2 } from "lucide-react";
import { use, type ReactElement, type ReactNode } from "react";
import { ApiProblem } from "#lib/api-problem";
import { cx } from "#lib/class-names";
import { daysBetween, formatDay, formatMoney } from "#lib/format";
import { useCan } from "#lib/session";
import { Avatar } from "#ui/avatar";
import { IconButton } from "#ui/button";
import { ErrorState } from "#ui/error-state";
import { LogoMark } from "#ui/logo-mark";
import { Menu, MenuItem } from "#ui/menu";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { RailLayout } from "#ui/rail-layout";
import { RecordPager } from "#ui/record-pager";
import { SkeletonLines } from "#ui/skeleton";
import { LogCallButton, LogPlace, useLogging, usePeopleOf, type Logging } from "./interactions/log-call.tsx";
import { useCameFrom } from "./opportunities/came-from.ts";
import { TextFact } from "./opportunities/opportunity-facts.tsx";
import { OpportunityRail } from "./opportunities/opportunity-rail.tsx";
import { PaySlotContext, usePaysMe } from "./opportunities/pay-slot.ts";
import { riskOf } from "./opportunities/opportunity-risk.ts";
import { OpportunityStage } from "./opportunities/opportunity-stage.tsx";
import { OpportunityTimeline } from "./opportunities/opportunity-timeline.tsx";
import { StageBadge } from "./opportunities/stage-badge.tsx";
import { moveToTrash, opportunityQuery, type OpportunityDetail } from "./opportunities/use-opportunity.ts";
import { useNow, useToday } from "./opportunities/use-today.ts";
import { pipelinesQuery } from "./pipeline/use-board.ts";
import { ShareButton } from "#features/records";

const crumbs = [{ label: "Pipeline", to: "/pipeline" }];

export function OpportunityPage(): ReactElement {
  const { opportunityId } = useParams({ from: "/shell/opportunities/$opportunityId" });
  const query = useQuery(opportunityQuery(opportunityId));
  const pipelines = useQuery(pipelinesQuery());
  const pipeline = pipelines.data?.items.find(({ id }) => id === query.data?.pipelineId);
  // Deleted, or given to somebody else, while it was open: what was shown is nobody's to edit any more.
  const isGone = query.error instanceof ApiProblem && query.error.status === 404;
  if (query.data !== undefined && pipeline !== undefined && !isGone) {
    return <Loaded key={opportunityId} opportunity={query.data} pipeline={pipeline} />;
  }
  const error = query.error ?? pipelines.error;
  const retry = (): void => {
    void query.refetch();
    void pipelines.refetch();
  };
  return (
    <>
      <PageHead title="Opportunity" crumbs={crumbs} />
      <PageBody>
        {error === null ? (
          <div aria-busy="true">
            <span className="sr-only">Loading the opportunity</span>
            <SkeletonLines lines={8} />
          </div>
        ) : (
          <ErrorState error={error} what="This opportunity" onRetry={retry} />
        )}
      </PageBody>
    </>
  );
}

type LoadedProps = { readonly opportunity: OpportunityDetail; readonly pipeline: Pipeline };

function Loaded({ opportunity, pipeline }: LoadedProps): ReactElement {
  const { customer, title } = opportunity;
  const navigate = useNavigate();
  const mayDelete = useCan("opportunity.delete");
  const people = usePeopleOf({ customerId: customer?.id, first: opportunity.contacts });
  const logging = useLogging({ opportunityId: opportunity.id, customerId: customer?.id }, people);
  const remove = async (): Promise<void> => {
    if (await moveToTrash(opportunity)) void navigate({ to: "/pipeline" });
  };
  const share = <ShareButton entity="opportunity" recordId={opportunity.id} name={title} />;
  const menu = mayDelete && (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} tone="secondary" size="sm" label="More actions" />}>
      <MenuItem icon={Trash2} isDanger onSelect={() => void remove()}>
        Delete this opportunity
      </MenuItem>
    </Menu>
  );
  return (
    <>
      <PageHead
        title={title}
        isTitleHidden
        crumbs={customer === null ? crumbs : [...crumbs, { label: customer.name, to: `/customers/${customer.id}` }]}
        context={<Pager opportunity={opportunity} />}
        actions={
          <>
            <LogCallButton logging={logging} size="sm" />
            {share}
            {menu}
          </>
        }
        phoneActions={
          <>
            {share}
            {menu}
          </>
        }
      />
      <Hero opportunity={opportunity} pipeline={pipeline} />
      <OpportunityStage opportunity={opportunity} pipeline={pipeline} />
      <RailLayout
        mainLabel="Timeline"
        railLabel="Facts"
        railWidth={400}
        rail={<OpportunityRail opportunity={opportunity} pipeline={pipeline} people={people} />}
      >
        <div className="flex flex-col gap-2 p-5 pt-3 max-sm:p-4">
          <div className="-mx-5 border-b border-line-subtle px-5 pb-3 empty:hidden max-sm:mx-0">
            <LogPlace logging={logging} />
          </div>
          {opportunity.stage.kind === "open" && <ComingUp opportunity={opportunity} />}
          <OpportunityTimeline opportunityId={opportunity.id} />
        </div>
      </RailLayout>
      <LogDock logging={logging} />
    </>
  );
}

function LogDock({ logging }: { readonly logging: Logging }): ReactElement | null {
  if (!logging.mayLog) return null;
  return (
    <PhoneDock>
      <LogCallButton logging={logging} />
    </PhoneDock>
  );
}

function ComingUp({ opportunity }: Pick<LoadedProps, "opportunity">): ReactElement {
  return (
    <section className="border-b border-line-subtle pb-3">
      <h2 className="pt-1 pb-1 text-xs font-medium text-subtle">Coming up</h2>
      <dl>
        <TextFact opportunity={opportunity} field="nextStep" label="Next step" emptyLabel="Plan the next step" />
      </dl>
    </section>
  );
}

/** The record before and after, in the list it was opened from. */
function Pager({ opportunity }: Pick<LoadedProps, "opportunity">): ReactElement | null {
  const navigate = useNavigate();
  const ids = useCameFrom();
  const index = ids.indexOf(opportunity.id);
  if (index === -1) return null;
  const go = (to: number): void => {
    const opportunityId = ids[to];
    if (opportunityId === undefined) return;
    void navigate({ to: "/opportunities/$opportunityId", params: { opportunityId }, replace: true });
  };
  return <RecordPager what="opportunity" index={index} count={ids.length} onGo={go} />;
}

/** What it is, whose, and the figures that matter. On phones the page's head has the title already. */
function Hero({ opportunity, pipeline }: LoadedProps): ReactElement {
  const { customer, title, number, owner } = opportunity;
  return (
    <div className="flex flex-none items-center gap-3.5 px-5 pt-4 pb-3 max-sm:flex-col max-sm:items-stretch max-sm:px-4 max-sm:pt-1">
      <div className="flex min-w-0 flex-1 items-center gap-3.5">
        {customer !== null && <LogoMark id={customer.id} name={customer.name} size={40} />}
        <div className="min-w-0">
          <p
            aria-hidden="true"
            className="truncate text-[20px] leading-6.5 font-semibold tracking-[-.018em] max-sm:hidden"
          >
            {title}
          </p>
          <p className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-muted">
            {customer === null ? (
              <span>No customer yet</span>
            ) : (
              <Link
                to="/customers/$customerId"
                params={{ customerId: customer.id }}
                className="rounded-xs font-medium text-link hover:underline"
              >
                {customer.name}
              </Link>
            )}
            <Dot />
            <span>{pipeline.name}</span>
            <Dot />
            <span className="tnum">{number}</span>
            {owner !== null && (
              <>
                <Dot />
                <span className="flex items-center gap-1.5">
                  <Avatar person={owner} size={20} isDecorative />
                  {owner.name}
                </span>
              </>
            )}
          </p>
        </div>
      </div>
      <Figures opportunity={opportunity} pipeline={pipeline} />
    </div>
  );
}

function Dot(): ReactElement {
  return (
    <span aria-hidden="true" className="text-subtle">
      ·
    </span>
  );
}

function Figures({ opportunity, pipeline }: LoadedProps): ReactElement {
  const today = useToday();
  const now = useNow();
  const isPaid = usePaysMe()(opportunity);
  const { amount, stage, expectedCloseOn, closedOn } = opportunity;
  const normDays = pipeline.stages.find(({ id }) => id === stage.id)?.normDays ?? null;
  const risk = riskOf(opportunity, normDays, today, now);
  const day = stage.kind === "open" ? expectedCloseOn : closedOn;
  return (
    <dl className="flex flex-none divide-x divide-line-subtle max-sm:rounded-[10px] max-sm:bg-sunken max-sm:py-1.5">
      <Figure label="Value">{amount === null ? "None yet" : formatMoney(amount, { style: "short" })}</Figure>
      <Figure
        label={{ open: "Closes", won: "Won", lost: "Lost" }[stage.kind]}
        context={stage.kind === "open" && day !== null ? distance(today, day) : undefined}
      >
        {day === null ? "No date" : formatDay(day, today)}
      </Figure>
      <Figure
        label={risk === null ? "Stage" : "At risk"}
        isWarning={risk !== null}
        // A phone has room for three, and the stage stands below.
        isForWide={isPaid && risk === null}
      >
        {risk ?? <StageBadge stage={stage} />}
      </Figure>
      {isPaid && <Pay opportunity={opportunity} isForWide={risk !== null} />}
    </dl>
  );
}

/** What it would pay the viewer. */
function Pay({
  opportunity,
  isForWide,
}: Pick<LoadedProps, "opportunity"> & Pick<FigureProps, "isForWide">): ReactElement | null {
  const pay = use(PaySlotContext);
  if (pay === null) return null;
  return (
    <Figure
      label={
        <>
          <span className="max-sm:hidden">Your commission</span>
          <span className="sm:hidden">Commission</span>
        </>
      }
      isForWide={isForWide}
    >
      <pay.Figure opportunityId={opportunity.id} />
    </Figure>
  );
}

/** "11 days", "3 days ago"; nothing where the day itself says it. */
function distance(today: string, day: string): string | undefined {
  const days = daysBetween(today, day);
  if (Math.abs(days) < 2) return undefined;
  return days > 0 ? `${days} days` : `${-days} days ago`;
}

type FigureProps = {
  readonly label: ReactNode;
  readonly context?: string | undefined;
  readonly isWarning?: boolean;
  /** Left out on phones. */
  readonly isForWide?: boolean | undefined;
  readonly children: ReactNode;
};

function Figure({ label, context, isWarning = false, isForWide = false, children }: FigureProps): ReactElement {
  return (
    <div
      className={cx(
        "px-4.5 last:pr-0 max-sm:min-w-0 max-sm:flex-1 max-sm:px-3 max-sm:last:pr-3",
        isForWide && "max-sm:hidden",
      )}
    >
      <dt className="text-xs text-subtle">{label}</dt>
      <dd
        className={cx(
          "tnum min-h-6 leading-6 whitespace-nowrap max-sm:truncate",
          isWarning ? "text-[13px] font-medium text-warning-fg max-sm:whitespace-normal" : "text-lg font-semibold",
        )}
      >
        {children}
        {context !== undefined && <span className="ml-1 text-xs font-normal text-subtle max-sm:hidden">{context}</span>}
      </dd>
    </div>
  );
}
