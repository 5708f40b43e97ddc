import type { OpportunityId } from "@rainmaker/contracts/ids";
import { opportunityTimeline, type TimelineEntry } from "@rainmaker/contracts/records/records";
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
import type { ReactElement } from "react";
import { RecordTimeline } from "../interactions/record-timeline.tsx";
import { TimelineFilter } from "../interactions/timeline-filter.tsx";
import { useTimeline } from "../interactions/use-timeline.ts";
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
  const timeline = useTimeline(opportunityTimeline, { opportunityId });
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3 pt-1">
        <h2 className="text-xs font-medium text-subtle">What happened</h2>
        <TimelineFilter {...timeline} />
      </div>
      <RecordTimeline
        timeline={timeline}
        of={{ entity: "opportunity", recordId: opportunityId }}
        about={{ opportunityId }}
        emptyText="Nothing has happened since this came by an import."
        lookOf={lookOf}
        sentence={timelineSentence}
      />
    </>
  );
}
