import { Calendar, Phone } from "lucide-react";
import type { ReactElement } from "react";
import { Card, CardBody, CardHead } from "#ui/card";
import { DayText } from "#ui/moment";
import { StepExplanation } from "#ui/step-explanation";
import { Stepper } from "#ui/stepper";
import { Timeline, TimelineGroup, TimelineItem } from "#ui/timeline";
import { Section } from "./gallery-section.tsx";

const now = new Date().toISOString();

export function GalleryStories(): ReactElement {
  return (
    <>
      <Section title="Step explanation" about="why a figure is what it is">
        <StepExplanation
          steps={[
            { title: "Payment verified", figure: "64,000.00", evidence: "Approved by Priya Natarajan, 21 Oct 14:06." },
            { title: "Your credit", figure: "× 100%", evidence: "You are the only owner of DL-1029." },
            { title: "Base rate", figure: "× 6.0%", evidence: "Tier 1, up to 100% of quota." },
            { title: "Base commission", figure: "3,840.00", kind: "result" },
            {
              title: "Late proof",
              figure: "−384.00",
              kind: "taken",
              evidence: "6 working days; section 4.2 allows 5.",
            },
          ]}
          result={{ label: "You earned", figure: "3,456.00" }}
          advice="Attached one day earlier, this line pays $3,840.00."
        />
      </Section>
      <Section title="Timeline and steps" about="what happened, where one is">
        <Timeline label="What happened">
          <TimelineGroup title="This week">
            <TimelineItem icon={Phone} tone="success" at={now} body={<p>Budget is approved for 420 units.</p>}>
              <b>Maya</b> called <b>Ruth Adeyemi</b>, 32 min, reached
            </TimelineItem>
            <TimelineItem icon={Calendar} tone="brand" at={now}>
              <b>Pricing review</b> with Ruth Adeyemi
            </TimelineItem>
          </TimelineGroup>
        </Timeline>
        <Stepper
          label="Import"
          onGoTo={() => undefined}
          steps={[
            { label: "File", state: "done" },
            { label: "Match", state: "current", detail: "8 of 9 done" },
            { label: "Import", state: "future" },
          ]}
        />
        <Card>
          <CardHead title="Payments planned" context="2" end="$96,000" />
          <CardBody>
            Balance on <DayText day="2026-12-01" />
          </CardBody>
        </Card>
      </Section>
    </>
  );
}
