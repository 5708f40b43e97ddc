import type { CustomerId } from "@rainmaker/contracts/ids";
import { customerTimeline, type TimelineKind } from "@rainmaker/contracts/records/records";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Building2, PencilLine, RotateCcw, type LucideIcon } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { itemsOf, livePages } from "#lib/query";
import { Button } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { Timeline, TimelineItem } from "#ui/timeline";
import { InteractionItem, UnconfirmedItems } from "../interactions/interaction-item.tsx";
import { nothingYet, TimelineFilter } from "../interactions/timeline-filter.tsx";
import { timelineText } from "./timeline-text.ts";

const icons: Readonly<Record<string, LucideIcon>> = {
  "customer.created": Building2,
  "customer.restored": RotateCcw,
};

type CustomerTimelineProps = {
  readonly customerId: CustomerId;
  /** Above what happened: where more is written. */
  readonly composer: ReactNode;
};

/** What happened to the customer and what was said, newest first. */
export function CustomerTimeline({ customerId, composer }: CustomerTimelineProps): ReactElement {
  const [kind, setKind] = useState<TimelineKind | null>(null);
  const query = useInfiniteQuery(
    livePages(customerTimeline, { params: { customerId }, query: { limit: "30", ...(kind !== null && { kind }) } }, [
      "customer",
      "opportunity",
      "interaction",
      "deal",
      "payment",
    ]),
  );
  const members = useAllMembers();
  const memberName = (id: string): string | undefined => {
    const member = members.find((one) => one.id === id);
    return member === undefined ? undefined : nameOf(member);
  };
  const entries = itemsOf(query.data) ?? [];
  return (
    <Card>
      <CardHead
        title="Interactions"
        context={<span className="max-sm:hidden">all sales and people</span>}
        end={<TimelineFilter value={kind} onChange={setKind} />}
      />
      <CardBody className="flex flex-col gap-3">
        {composer}
        <UnconfirmedItems about={{ customerId }} told={entries} />
        <QueryView query={query} what="The timeline" skeleton={<SkeletonLines lines={3} />}>
          {() =>
            entries.length === 0 ? (
              <p className="text-muted">
                {nothingYet(kind, "Nothing happened since this customer came by an import.")}
              </p>
            ) : (
              <Timeline label="Timeline">
                <ul>
                  {entries.map((entry) =>
                    entry.interaction === null ? (
                      <TimelineItem key={entry.id} icon={icons[entry.type] ?? PencilLine} at={entry.occurredAt}>
                        <b>{entry.actor?.name ?? "Rainmaker"}</b> {timelineText(entry, memberName)}
                      </TimelineItem>
                    ) : (
                      <InteractionItem key={entry.id} interaction={entry.interaction} hasOpportunity />
                    ),
                  )}
                </ul>
              </Timeline>
            )
          }
        </QueryView>
        {query.hasNextPage && (
          <Button size="sm" isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
      </CardBody>
    </Card>
  );
}
