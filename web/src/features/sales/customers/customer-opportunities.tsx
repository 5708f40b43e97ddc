import type { CustomerId } from "@rainmaker/contracts/ids";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { formatDay, formatMoney } from "#lib/format";
import { Badge } from "#ui/badge";
import { Card, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { sumsOf, sumsText } from "./sums.ts";
import { useOpportunitiesOf } from "./use-customer.ts";

/** What is being sold to a customer: open ones first. */
export function CustomerOpportunities({ customerId }: { readonly customerId: CustomerId }): ReactElement | null {
  const { isEnabled, query } = useOpportunitiesOf(customerId);
  if (!isEnabled) return null;
  const open = query.data?.items.filter(({ stage }) => stage.kind === "open") ?? [];
  const closed = query.data?.items.filter(({ stage }) => stage.kind !== "open") ?? [];
  const sums = sumsText(sumsOf(open.flatMap(({ amount }) => amount ?? [])));
  return (
    <Card>
      <CardHead title="Opportunities" end={sums !== null && <span className="tnum">{sums} open</span>} />
      <QueryView
        query={query}
        what="The opportunities"
        skeleton={<SkeletonLines lines={3} className="px-4 pb-4" />}
        className="px-4"
      >
        {() =>
          open.length + closed.length === 0 ? (
            <EmptyLine>Nothing is being sold to this customer yet.</EmptyLine>
          ) : (
            <ul>
              {[...open, ...closed].map((opportunity) => (
                <OpportunityLine key={opportunity.id} opportunity={opportunity} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}

export function EmptyLine({ children }: { readonly children: ReactNode }): ReactElement {
  return <p className="border-t border-line-subtle px-4 py-3 text-muted">{children}</p>;
}

const lineLook = "flex items-center gap-3 border-t border-line-subtle px-4 py-2.5";

export function OpportunityLine({ opportunity }: { readonly opportunity: OpportunityCard }): ReactElement {
  const { id, title, number, stage, amount, expectedCloseOn, closedOn } = opportunity;
  return (
    <li className={lineLook}>
      <span className="min-w-0 flex-1">
        <Link
          to="/opportunities/$opportunityId"
          params={{ opportunityId: id }}
          className="block truncate rounded-xs font-medium hover:underline"
        >
          {title}
        </Link>
        <span className="tnum block truncate text-xs text-subtle">
          {[number, dayText(stage.kind, stage.name, closedOn ?? expectedCloseOn)].join(" · ")}
        </span>
      </span>
      {stage.kind !== "open" && <Badge tone={stage.kind === "won" ? "success" : "neutral"}>{stage.name}</Badge>}
      <span className="tnum flex-none font-medium">
        {amount === null ? (
          <span className="font-normal text-subtle">no value</span>
        ) : (
          formatMoney(amount, { style: "short" })
        )}
      </span>
    </li>
  );
}

function dayText(kind: "open" | "won" | "lost", stage: string, day: string | null): string {
  if (day === null) return stage;
  return kind === "open" ? `${stage}, closes ${formatDay(day)}` : formatDay(day);
}
