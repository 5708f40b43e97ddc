import type { listDeals } from "@rainmaker/contracts/revenue/deals";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import type { Pipeline } from "@rainmaker/contracts/sales/pipelines";
import { use, type ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { Badge } from "#ui/badge";
import { MoneyBar } from "#ui/bar";
import { ButtonLink } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { ChanceRing } from "./chance-ring.tsx";
import type { ContactRef } from "../interactions/interaction-draft.ts";
import { LinesCard } from "./lines-card.tsx";
import { OpportunityPeople } from "./opportunity-people.tsx";
import { OpportunityFacts } from "./opportunity-facts.tsx";
import { lostReasonNames } from "./opportunity-words.ts";
import { PaySlotContext, usePaysMe } from "./pay-slot.ts";
import { useDealOf, type OpportunityDetail } from "./use-opportunity.ts";
import { weightedOf } from "./weighted.ts";

type RailProps = { readonly opportunity: OpportunityDetail; readonly pipeline: Pipeline };
type PeopleProps = { readonly people: readonly ContactRef[] };

/** Facts and reasons beside the timeline. */
export function OpportunityRail({ opportunity, pipeline, people }: RailProps & PeopleProps): ReactElement {
  const pay = use(PaySlotContext);
  const paysMe = usePaysMe();
  return (
    <>
      {pay !== null && paysMe(opportunity) && <pay.Card opportunityId={opportunity.id} />}
      {opportunity.stage.kind === "won" && <DealCard opportunity={opportunity} />}
      {opportunity.stage.kind === "open" && <ChanceCard opportunity={opportunity} pipeline={pipeline} />}
      {opportunity.lostReason !== null && (
        <Card className="flex-none">
          <CardHead title="Lost" end={<Badge>{lostReasonNames[opportunity.lostReason]}</Badge>} />
        </Card>
      )}
      <OpportunityPeople opportunity={opportunity} people={people} />
      <LinesCard opportunity={opportunity} />
      <OpportunityFacts opportunity={opportunity} />
    </>
  );
}

/** Why the chance is what it is, in parts that add up. */
function ChanceCard({ opportunity, pipeline }: RailProps): ReactElement {
  const { stage, amount } = opportunity;
  return (
    <Card className="flex-none">
      <CardHead title="Chance to win" end={<ChanceRing percent={stage.probability} stageName={stage.name} />} />
      <CardBody>
        <dl className="flex flex-col gap-1.5 [&>div]:flex [&>div]:justify-between [&>div]:gap-4">
          <div>
            <dt className="text-muted">Sales in {stage.name}</dt>
            <dd className="tnum">{stage.probability}%</dd>
          </div>
          {amount !== null && (
            <>
              <div>
                <dt className="text-muted">Value</dt>
                <dd className="tnum">{formatMoney(amount, { style: "short" })}</dd>
              </div>
              <div className="border-t border-line-subtle pt-1.5 font-medium">
                <dt>Weighted</dt>
                <dd className="tnum">{formatMoney(weightedOf(amount, stage.probability), { style: "short" })}</dd>
              </div>
            </>
          )}
        </dl>
        <p className="pt-2.5 text-xs text-subtle">
          The chance belongs to the stage and is set for the pipeline {pipeline.name}.
        </p>
      </CardBody>
    </Card>
  );
}

type Deal = ReplyOf<typeof listDeals>["items"][number];

const standings: Readonly<Record<Deal["status"], { word: string; tone: "line" | "info" | "success" }>> = {
  draft: { word: "Not submitted", tone: "line" },
  submitted: { word: "To approve", tone: "info" },
  approved: { word: "Approved", tone: "success" },
  cancelled: { word: "Cancelled", tone: "line" },
};

/** What it became: the deal, and how much of its money has arrived. */
function DealCard({ opportunity }: Pick<RailProps, "opportunity">): ReactElement {
  const query = useDealOf(opportunity);
  return (
    <Card className="flex-none">
      <QueryView query={query} what="The deal" skeleton={<SkeletonLines lines={3} className="p-4" />} className="p-4">
        {({ items: [deal] }) =>
          deal === undefined ? (
            <CardHead title="Deal" end="Not among those you see" />
          ) : (
            <>
              <CardHead
                title={`Deal ${deal.number}`}
                end={<Badge tone={standings[deal.status].tone}>{standings[deal.status].word}</Badge>}
              />
              <CardBody className="flex flex-col gap-2.5">
                <MoneyBar
                  total={deal.amount}
                  verified={deal.position.verified}
                  inReview={deal.position.inReview}
                  needsYou={deal.position.toFix}
                />
                <p className="tnum flex justify-between gap-4 text-muted">
                  <span>{formatMoney(deal.position.verified, { style: "short" })} verified</span>
                  <span>of {formatMoney(deal.amount, { style: "short" })}</span>
                </p>
                <ButtonLink to="/deals/$dealId" params={{ dealId: deal.id }} size="sm">
                  Open the deal
                </ButtonLink>
              </CardBody>
            </>
          )
        }
      </QueryView>
    </Card>
  );
}
