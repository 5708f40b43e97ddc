import type { TimelineEntry } from "@rainmaker/contracts/records/records";
import { Pin, type LucideIcon } from "lucide-react";
import { useEffect, type ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { Button } from "#ui/button";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { Timeline, TimelineGroup, TimelineItem } from "#ui/timeline";
import { EntryMenu } from "./entry-menu.tsx";
import type { About } from "./interaction-draft.ts";
import { InteractionItem, UnconfirmedItems } from "./interaction-item.tsx";
import { nothingYet } from "./timeline-filter.tsx";
import type { ReadTimeline, TimelineOf } from "./use-timeline.ts";

type Look = { readonly icon: LucideIcon; readonly tone?: "brand" | "success" | "danger" | "earn" };

type RecordTimelineProps = {
  readonly timeline: ReadTimeline;
  readonly of: TimelineOf;
  readonly about: About;
  /** While nothing happened at all. */
  readonly emptyText: string;
  readonly lookOf: (entry: TimelineEntry) => Look;
  /** What an entry says after the name of who did it. */
  readonly sentence: (entry: TimelineEntry, memberName: (id: string) => string | undefined) => string;
  /** On a page that is about more than one sale: which one something was about. */
  readonly hasOpportunity?: boolean;
};

/** What happened and what was said, newest first, below what is pinned and what the address links to. */
export function RecordTimeline(props: RecordTimelineProps): ReactElement {
  const { timeline, about, emptyText } = props;
  const { query, entries, onTop, filters, linkedId } = timeline;
  const isLinkedHere = onTop.some(({ id }) => id === linkedId);
  useEffect(() => {
    if (isLinkedHere) document.getElementById(anchorOf(linkedId ?? ""))?.scrollIntoView({ block: "center" });
  }, [isLinkedHere, linkedId]);
  return (
    <>
      <UnconfirmedItems about={about} told={entries} />
      {onTop.length > 0 && (
        <section aria-label="On top" className="rounded-lg bg-sunken px-3 pt-2.5">
          <h3 className="flex items-center gap-1.5 pb-1.5 text-xs font-medium text-subtle">
            <Pin size={12} aria-hidden="true" />
            On top
          </h3>
          <ul>
            {onTop.map((entry) => (
              <Entry key={entry.id} {...props} entry={entry} anchor={anchorOf(entry.id)} />
            ))}
          </ul>
        </section>
      )}
      <QueryView query={query} what="The timeline" skeleton={<SkeletonLines lines={4} />}>
        {() =>
          entries.length === 0 ? (
            <p className="py-3 text-muted">{nothingYet(filters, emptyText)}</p>
          ) : (
            <Timeline label="Timeline">
              {groupsOf(entries).map(([title, own]) => (
                <TimelineGroup key={title} title={title}>
                  {own.map((entry) => (
                    <Entry key={entry.id} {...props} entry={entry} />
                  ))}
                </TimelineGroup>
              ))}
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

const anchorOf = (id: string): string => `entry-${id}`;

type EntryProps = RecordTimelineProps & { readonly entry: TimelineEntry; readonly anchor?: string };

function Entry({ entry, of, lookOf, sentence, hasOpportunity = false, anchor }: EntryProps): ReactElement {
  const members = useAllMembers();
  if (entry.interaction !== null) {
    const { interaction } = entry;
    return <InteractionItem {...{ interaction, hasOpportunity, anchor }} entry={entry} of={of} />;
  }
  const memberName = (id: string): string | undefined => {
    const member = members.find((one) => one.id === id);
    return member === undefined ? undefined : nameOf(member);
  };
  return (
    <TimelineItem {...lookOf(entry)} at={entry.occurredAt} id={anchor} end={<EntryMenu entry={entry} of={of} />}>
      <b>{entry.actor?.name ?? "Rainmaker"}</b> {sentence(entry, memberName)}
    </TimelineItem>
  );
}

const weekMs = 7 * 86_400_000;

function groupsOf(entries: readonly TimelineEntry[]): readonly [string, readonly TimelineEntry[]][] {
  const since = Date.now() - weekMs;
  return [...Map.groupBy(entries, ({ occurredAt }) => (Date.parse(occurredAt) >= since ? "This week" : "Earlier"))];
}
