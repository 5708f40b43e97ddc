import type { CustomerId } from "@rainmaker/contracts/ids";
import { customerTimeline } from "@rainmaker/contracts/records/records";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Building2, PencilLine, RotateCcw, type LucideIcon } from "lucide-react";
import type { ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { itemsOf, livePages } from "#lib/query";
import { Button } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { Timeline, TimelineItem } from "#ui/timeline";
import { timelineText } from "./timeline-text.ts";

const icons: Readonly<Record<string, LucideIcon>> = {
  "customer.created": Building2,
  "customer.restored": RotateCcw,
};

/** What happened to the customer, newest first. */
export function CustomerTimeline({ customerId }: { readonly customerId: CustomerId }): ReactElement {
  const query = useInfiniteQuery(
    livePages(customerTimeline, { params: { customerId }, query: { limit: "30" } }, [
      "customer",
      "opportunity",
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
      <CardHead title="Timeline" />
      <CardBody>
        <QueryView query={query} what="The timeline" skeleton={<SkeletonLines lines={3} />}>
          {() =>
            entries.length === 0 ? (
              <p className="text-muted">Nothing happened since this customer came by an import.</p>
            ) : (
              <Timeline label="Timeline">
                <ul>
                  {entries.map((entry) => (
                    <TimelineItem key={entry.id} icon={icons[entry.type] ?? PencilLine} at={entry.occurredAt}>
                      <b>{entry.actor?.name ?? "Rainmaker"}</b> {timelineText(entry, memberName)}
                    </TimelineItem>
                  ))}
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
