import type { Customer } from "@rainmaker/contracts/sales/customers";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { Ellipsis, Plus, Trash2 } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { formatCount } from "#lib/format";
import { useKey } from "#lib/keys";
import { useCan } from "#lib/session";
import { Avatar } from "#ui/avatar";
import { ButtonLink, IconButton } from "#ui/button";
import { LogoMark } from "#ui/logo-mark";
import { Menu, MenuItem } from "#ui/menu";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { RailLayout } from "#ui/rail-layout";
import { RecordPager } from "#ui/record-pager";
import { SkeletonLines } from "#ui/skeleton";
import { CustomerDeals } from "./customers/customer-deals.tsx";
import { CustomerFacts } from "./customers/customer-facts.tsx";
import { CustomerOpportunities } from "./customers/customer-opportunities.tsx";
import { CustomerPeople } from "./customers/customer-people.tsx";
import { CustomerTimeline } from "./customers/customer-timeline.tsx";
import { LooksLike } from "./duplicates/looks-like.tsx";
import { LogCallButton, LogPlace, useLogging, usePeopleOf } from "./interactions/log-call.tsx";
import { sumsOf, sumsText } from "./customers/sums.ts";
import { useTrail } from "./customers/trail.ts";
import { customerQuery, useDealsOf, useOpportunitiesOf } from "./customers/use-customer.ts";
import { moveToTrash } from "./customers/use-customers.ts";
import { ShareButton } from "#features/records";

const crumbs = [{ label: "Customers", to: "/customers" }];

export function CustomerPage(): ReactElement {
  const { customerId } = useParams({ from: "/shell/customers/$customerId" });
  const query = useQuery(customerQuery(customerId));
  // Merged into another one: the address becomes that one's.
  if (query.data !== undefined && query.data.id !== customerId) {
    return <Navigate to="/customers/$customerId" params={{ customerId: query.data.id }} replace />;
  }
  if (query.data !== undefined) return <Loaded key={customerId} customer={query.data} />;
  return (
    <>
      <PageHead title="Customer" crumbs={crumbs} />
      <PageBody>
        <QueryView query={query} what="This customer" skeleton={<SkeletonLines lines={8} />}>
          {() => null}
        </QueryView>
      </PageBody>
    </>
  );
}

function Loaded({ customer }: { readonly customer: Customer }): ReactElement {
  const navigate = useNavigate();
  const [maySell, mayDelete] = [useCan("opportunity.create"), useCan("customer.delete")];
  const mayEdit = useCan("customer.edit");
  const logging = useLogging({ customerId: customer.id }, usePeopleOf({ customerId: customer.id }));
  const remove = async (): Promise<void> => {
    if (await moveToTrash(customer)) void navigate({ to: "/customers" });
  };
  useKey(
    "n",
    "New opportunity",
    () => void navigate({ to: "/pipeline", search: { new: true, customer: customer.id } }),
    {
      isActive: maySell,
    },
  );
  const share = <ShareButton entity="customer" recordId={customer.id} name={customer.name} />;
  const menu = mayDelete && (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} tone="secondary" size="sm" label="More actions" />}>
      <MenuItem icon={Trash2} isDanger onSelect={() => void remove()}>
        Delete this customer
      </MenuItem>
    </Menu>
  );
  return (
    <>
      <PageHead
        title={customer.name}
        crumbs={crumbs}
        isTitleHidden
        context={<Pager customer={customer} />}
        phoneActions={
          <>
            {share}
            {menu}
          </>
        }
        actions={
          <>
            <LogCallButton logging={logging} size="sm" />
            {share}
            {maySell && (
              <ButtonLink
                to="/pipeline"
                search={{ new: true, customer: customer.id }}
                tone="primary"
                size="sm"
                icon={Plus}
                shortcut="n"
              >
                New opportunity
              </ButtonLink>
            )}
            {menu}
          </>
        }
      />
      <Identity customer={customer} />
      <RailLayout mainLabel="Overview" railLabel="Facts" railWidth={360} rail={<Rail customer={customer} />}>
        <div className="flex flex-col gap-3 p-5 max-sm:p-4">
          {mayEdit && <LooksLike entity="customer" said={{ recordId: customer.id }} />}
          <div className="grid grid-cols-2 items-start gap-3 max-lg:grid-cols-1">
            <CustomerOpportunities customerId={customer.id} />
            <CustomerDeals customerId={customer.id} />
          </div>
          <CustomerTimeline customerId={customer.id} composer={<LogPlace logging={logging} />} />
        </div>
      </RailLayout>
      {(maySell || logging.mayLog) && (
        <PhoneDock>
          <LogCallButton logging={logging} />
          {maySell && (
            <ButtonLink to="/pipeline" search={{ new: true, customer: customer.id }} tone="primary" icon={Plus}>
              New opportunity
            </ButtonLink>
          )}
        </PhoneDock>
      )}
    </>
  );
}

function Rail({ customer }: { readonly customer: Customer }): ReactElement {
  return (
    <>
      <CustomerPeople customer={customer} />
      <CustomerFacts customer={customer} />
    </>
  );
}

function Pager({ customer }: { readonly customer: Customer }): ReactElement | null {
  const navigate = useNavigate();
  const trail = useTrail(customer.id);
  if (trail === null) return null;
  const go = (index: number): void => {
    const customerId = trail.ids[index];
    if (customerId !== undefined)
      void navigate({ to: "/customers/$customerId", params: { customerId }, replace: true });
  };
  // The list knows the pages it has read; further on its own Show more leads.
  const isWhole = trail.count === undefined || trail.ids.length >= trail.count;
  const count = isWhole ? (trail.count ?? trail.ids.length) : trail.ids.length;
  return (
    <>
      <span className="max-sm:hidden">
        <RecordPager what="customer" index={trail.index} count={count} onGo={go} />
      </span>
      <span className="sm:hidden">
        {formatCount(trail.index + 1)} of {formatCount(count)}
      </span>
    </>
  );
}

/** Who it is, and the figures that matter. On phones the page's head has the name already. */
function Identity({ customer }: { readonly customer: Customer }): ReactElement {
  const { name, number, industry, location, website, owner } = customer;
  const facts = [number, industry, location, website].filter((fact) => fact !== null);
  return (
    <div className="flex flex-none items-center gap-4 border-b border-line-subtle px-5 py-3.5 max-sm:flex-col max-sm:items-stretch max-sm:gap-3 max-sm:px-4 max-sm:pt-1">
      <div className="flex min-w-0 flex-1 items-center gap-3">
        <LogoMark id={customer.id} name={name} size={40} />
        <div className="min-w-0">
          <p aria-hidden="true" className="truncate text-xl leading-6.5 font-semibold tracking-[-.01em] max-sm:hidden">
            {name}
          </p>
          <p className="tnum flex min-w-0 flex-wrap items-center gap-x-1.5 text-muted">
            {facts.join(" · ")}
            {owner !== null && (
              <span className="flex items-center gap-1.5">
                <span aria-hidden="true">·</span>
                <Avatar person={owner} size={20} isDecorative />
                {owner.name}
              </span>
            )}
          </p>
        </div>
      </div>
      <Figures customer={customer} />
    </div>
  );
}

function Figures({ customer }: { readonly customer: Customer }): ReactElement {
  const deals = useDealsOf(customer.id).query.data;
  const opportunities = useOpportunitiesOf(customer.id).query.data;
  // Said when true: not of the first page of several.
  const sold = deals?.nextCursor === null ? deals.items : undefined;
  const open =
    opportunities?.nextCursor === null ? opportunities.items.filter(({ stage }) => stage.kind === "open") : undefined;
  return (
    <dl className="flex flex-none divide-x divide-line-subtle max-sm:rounded-[11px] max-sm:bg-sunken max-sm:p-1">
      <Figure
        label="Verified"
        context={sold === undefined ? undefined : ofTotal(sumsText(sumsOf(sold.map(({ amount }) => amount))))}
      >
        {sold === undefined ? "" : (sumsText(sumsOf(sold.map(({ position }) => position.verified))) ?? "none")}
      </Figure>
      <Figure label="Open pipeline">
        {open === undefined ? "" : (sumsText(sumsOf(open.flatMap(({ amount }) => amount ?? []))) ?? "none")}
      </Figure>
    </dl>
  );
}

function ofTotal(total: string | null): string | undefined {
  return total === null ? undefined : `of ${total}`;
}

type FigureProps = { readonly label: string; readonly context?: string | undefined; readonly children: ReactNode };

function Figure({ label, context, children }: FigureProps): ReactElement {
  return (
    <div className="min-w-28 px-4 max-sm:flex-1 max-sm:px-3 max-sm:py-1.5">
      <dt className="text-xs text-subtle">{label}</dt>
      <dd className="tnum min-h-6 text-[15px] leading-6 font-semibold whitespace-nowrap">
        {children}
        {context !== undefined && <span className="ml-1 text-xs font-normal text-subtle">{context}</span>}
      </dd>
    </div>
  );
}
