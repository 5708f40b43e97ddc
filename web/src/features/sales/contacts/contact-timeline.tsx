import type { ContactId } from "@rainmaker/contracts/ids";
import { contactTimeline, type TimelineKind } from "@rainmaker/contracts/records/records";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ContactRound, PencilLine } from "lucide-react";
import { useState, type ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { itemsOf, livePages } from "#lib/query";
import { Button } from "#ui/button";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { Timeline, TimelineItem } from "#ui/timeline";
import { timelineText } from "../customers/timeline-text.ts";
import { InteractionItem, UnconfirmedItems } from "../interactions/interaction-item.tsx";
import { nothingYet, TimelineFilter } from "../interactions/timeline-filter.tsx";

/** What happened to a contact and what was said with them, newest first. */
export function ContactTimeline({ contactId }: { readonly contactId: ContactId }): ReactElement {
  const [kind, setKind] = useState<TimelineKind | null>(null);
  const query = useInfiniteQuery(
    livePages(contactTimeline, { params: { contactId }, query: { limit: "30", ...(kind !== null && { kind }) } }, [
      "contact",
      "interaction",
    ]),
  );
  const members = useAllMembers();
  const memberName = (id: string): string | undefined => {
    const member = members.find((one) => one.id === id);
    return member === undefined ? undefined : nameOf(member);
  };
  const entries = itemsOf(query.data) ?? [];
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-xs font-medium text-subtle">What happened</h2>
        <TimelineFilter value={kind} onChange={setKind} />
      </div>
      <UnconfirmedItems about={{ contactId }} told={entries} />
      <QueryView query={query} what="The timeline" skeleton={<SkeletonLines lines={4} />}>
        {() =>
          entries.length === 0 ? (
            <p className="text-muted">{nothingYet(kind, "Nothing happened since this contact came by an import.")}</p>
          ) : (
            <Timeline label="Timeline">
              <ul>
                {entries.map((entry) =>
                  entry.interaction === null ? (
                    <TimelineItem
                      key={entry.id}
                      icon={entry.type === "contact.created" ? ContactRound : PencilLine}
                      at={entry.occurredAt}
                    >
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
    </>
  );
}
