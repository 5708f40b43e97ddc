import type { OpportunityId } from "@rainmaker/contracts/ids";
import { opportunityTimeline, type TimelineEntry, type TimelineKind } from "@rainmaker/contracts/records/records";
import { useInfiniteQuery } from "@tanstack/react-query";
import {
  ArrowRightLeft,
  CircleX,
  Handshake,
  PencilLine,
  Plus,
  ReceiptText,
  Trophy,
  type LucideIcon,
} from "lucide-react";
import { useState, type ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { itemsOf, livePages } from "#lib/query";
import { Button } from "#ui/button";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { Timeline, TimelineGroup, TimelineItem } from "#ui/timeline";
import { InteractionItem, UnconfirmedItems } from "../interactions/interaction-item.tsx";
import { nothingYet, TimelineFilter } from "../interactions/timeline-filter.tsx";
import { timelineSentence } from "./timeline-words.ts";

type Look = { readonly icon: LucideIcon; readonly tone?: "brand" | "success" | "danger" | "earn" };

function lookOf({ type }: TimelineEntry): Look {
  if (type === "opportunity.won") return { icon: Trophy, tone: "earn" };
  if (type === "opportunity.lost") return { icon: CircleX, tone: "danger" };
  if (type === "opportunity.created") return { icon: Plus, tone: "brand" };
  if (type === "opportunity.moved" || type === "opportunity.reopened") return { icon: ArrowRightLeft };
  if (type.startsWith("deal.")) return { icon: Handshake };
  if (type === "payment.verified") return { icon: ReceiptText, tone: "success" };
  return { icon: type.startsWith("payment.") ? ReceiptText : PencilLine };
}

/** What happened to an opportunity and to its deal, newest first. */
export function OpportunityTimeline({ opportunityId }: { readonly opportunityId: OpportunityId }): ReactElement {
  const [kind, setKind] = useState<TimelineKind | null>(null);
  const query = useInfiniteQuery(
    livePages(
      opportunityTimeline,
      { params: { opportunityId }, query: { limit: "30", ...(kind !== null && { kind }) } },
      ["opportunity", "interaction", "deal", "payment"],
    ),
  );
  const entries = itemsOf(query.data) ?? [];
  return (
    <>
      <div className="flex items-center justify-between gap-3 pt-1">
        <h2 className="text-xs font-medium text-subtle">What happened</h2>
        <TimelineFilter value={kind} onChange={setKind} />
      </div>
      <UnconfirmedItems about={{ opportunityId }} told={entries} />
      <QueryView query={query} what="The timeline" skeleton={<SkeletonLines lines={6} className="pt-4" />}>
        {() =>
          entries.length === 0 ? (
            <p className="py-3 text-muted">{nothingYet(kind, "Nothing has happened since this came by an import.")}</p>
          ) : (
            <Timeline label="Timeline">
              {groupsOf(entries).map(([title, own]) => (
                <TimelineGroup key={title} title={title}>
                  {own.map((entry) => (
                    <Entry key={entry.id} entry={entry} />
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

function Entry({ entry }: { readonly entry: TimelineEntry }): ReactElement {
  const members = useAllMembers();
  if (entry.interaction !== null) return <InteractionItem interaction={entry.interaction} />;
  const memberName = (id: string): string | undefined => {
    const member = members.find((one) => one.id === id);
    return member === undefined ? undefined : nameOf(member);
  };
  return (
    <TimelineItem {...lookOf(entry)} at={entry.occurredAt}>
      <b>{entry.actor?.name ?? "Rainmaker"}</b> {timelineSentence(entry, memberName)}
    </TimelineItem>
  );
}

const weekMs = 7 * 86_400_000;

function groupsOf(entries: readonly TimelineEntry[]): readonly [string, readonly TimelineEntry[]][] {
  const since = Date.now() - weekMs;
  return [...Map.groupBy(entries, ({ occurredAt }) => (Date.parse(occurredAt) >= since ? "This week" : "Earlier"))];
}
