import type { CustomerId } from "@rainmaker/contracts/ids";
import { customerTimeline } from "@rainmaker/contracts/records/records";
import { Building2, PencilLine, RotateCcw, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Card, CardBody, CardHead } from "#ui/card";
import { RecordTimeline } from "../interactions/record-timeline.tsx";
import { TimelineFilter } from "../interactions/timeline-filter.tsx";
import { useTimeline } from "../interactions/use-timeline.ts";
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
  const timeline = useTimeline(customerTimeline, { customerId });
  return (
    <Card>
      <CardHead title="Interactions" context={<span className="max-sm:hidden">all sales and people</span>} />
      <CardBody className="flex flex-col gap-3">
        {composer}
        <TimelineFilter {...timeline} />
        <RecordTimeline
          timeline={timeline}
          of={{ entity: "customer", recordId: customerId }}
          about={{ customerId }}
          emptyText="Nothing happened since this customer came by an import."
          lookOf={({ type }) => ({ icon: icons[type] ?? PencilLine })}
          sentence={timelineText}
          hasOpportunity
        />
      </CardBody>
    </Card>
  );
}
