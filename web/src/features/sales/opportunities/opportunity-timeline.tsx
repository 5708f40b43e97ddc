import type { OpportunityId } from "@rainmaker/contracts/ids";
import { opportunityTimeline, type TimelineEntry } from "@rainmaker/contracts/records/records";
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
  CalendarDays,
  Mail,
  Phone,
  StickyNote,
} from "lucide-react";
import type { ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { itemsOf, livePages } from "#lib/query";
import { Button } from "#ui/button";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { Timeline, TimelineGroup, TimelineItem } from "#ui/timeline";
import { timelineSentence } from "./timeline-words.ts";

type Look = { readonly icon: LucideIcon; readonly tone?: "brand" | "success" | "danger" | "earn" };

const interactionIcons = { call: Phone, meeting: CalendarDays, mail: Mail, note: StickyNote } as const;

function lookOf({ type, interaction }: TimelineEntry): Look {
  if (interaction != null) return { icon: interactionIcons[interaction.kind], tone: "success" };
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
  const query = useInfiniteQuery(
    livePages(opportunityTimeline, { params: { opportunityId }, query: { limit: "30" } }, [
      "opportunity",
      "interaction",
      "deal",
      "payment",
    ]),
  );
  const entries = itemsOf(query.data) ?? [];
  return (
    <>
      <QueryView query={query} what="The timeline" skeleton={<SkeletonLines lines={6} className="pt-4" />}>
        {() =>
          entries.length === 0 ? (
            <p className="py-3 text-muted">Nothing has happened since this came by an import.</p>
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
  const memberName = (id: string): string | undefined => {
    const member = members.find((one) => one.id === id);
    return member === undefined ? undefined : nameOf(member);
  };
  return (
    <TimelineItem {...lookOf(entry)} at={entry.occurredAt} body={<Said entry={entry} />}>
      <b>{entry.actor?.name ?? "Rainmaker"}</b> {timelineSentence(entry, memberName)}
    </TimelineItem>
  );
}

/** The text of a call or note, unless the subject above is all of it. */
function Said({ entry: { interaction } }: { readonly entry: TimelineEntry }): ReactElement | null {
  if (interaction?.body == null || interaction.body === interaction.subject) return null;
  return <p className="max-w-[66ch] pb-1 whitespace-pre-line">{interaction.body}</p>;
}

const weekMs = 7 * 86_400_000;

function groupsOf(entries: readonly TimelineEntry[]): readonly [string, readonly TimelineEntry[]][] {
  const since = Date.now() - weekMs;
  return [...Map.groupBy(entries, ({ occurredAt }) => (Date.parse(occurredAt) >= since ? "This week" : "Earlier"))];
}
