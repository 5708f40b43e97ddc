import type { ContactId } from "@rainmaker/contracts/ids";
import { contactTimeline } from "@rainmaker/contracts/records/records";
import { ContactRound, PencilLine } from "lucide-react";
import type { ReactElement } from "react";
import { timelineText } from "../customers/timeline-text.ts";
import { RecordTimeline } from "../interactions/record-timeline.tsx";
import { TimelineFilter } from "../interactions/timeline-filter.tsx";
import { useTimeline } from "../interactions/use-timeline.ts";

/** What happened to a contact and what was said with them, newest first. */
export function ContactTimeline({ contactId }: { readonly contactId: ContactId }): ReactElement {
  const timeline = useTimeline(contactTimeline, { contactId });
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xs font-medium text-subtle">What happened</h2>
        <TimelineFilter {...timeline} />
      </div>
      <RecordTimeline
        timeline={timeline}
        of={{ entity: "contact", recordId: contactId }}
        about={{ contactId }}
        emptyText="Nothing happened since this contact came by an import."
        lookOf={({ type }) => ({ icon: type === "contact.created" ? ContactRound : PencilLine })}
        sentence={timelineText}
        hasOpportunity
      />
    </>
  );
}
