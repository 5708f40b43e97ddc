import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { ReactElement } from "react";
import { formatBasisPoints } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { Card, CardBody, CardHead } from "#ui/card";
import { FactList } from "#ui/fact-list";
import { TextLink } from "#ui/link";
import { DayText, Moment } from "#ui/moment";
import { ProjectOfDeal } from "../projects/project-of-deal.tsx";
import { reaches } from "./deal-words.ts";

export function DealFacts({ deal }: { readonly deal: Deal }): ReactElement {
  const seesCustomers = useCan("customer.read");
  const seesOpportunities = useCan("opportunity.read");
  const mayPlace = reaches(useUser(), "deal.submit", deal.owner.id);
  const { customer, opportunity, owner, submittedBy, submittedAt, approvedBy, approvedAt } = deal;
  return (
    <Card>
      <CardHead title="Facts" />
      <CardBody>
        <FactList
          facts={[
            {
              label: "Customer",
              value: seesCustomers ? (
                <TextLink to="/customers/$customerId" params={{ customerId: customer.id }}>
                  {customer.name}
                </TextLink>
              ) : (
                customer.name
              ),
            },
            ...(opportunity === null
              ? []
              : [
                  {
                    label: "Opportunity",
                    value: seesOpportunities ? (
                      <TextLink to="/opportunities/$opportunityId" params={{ opportunityId: opportunity.id }}>
                        {opportunity.number}
                      </TextLink>
                    ) : (
                      opportunity.number
                    ),
                  },
                ]),
            { label: "Owner", value: owner.name },
            ...projectFact(deal, mayPlace),
            { label: "Won", value: <DayText day={deal.wonOn} /> },
            ...stamp("Submitted", submittedBy, submittedAt),
            ...stamp("Approved", approvedBy, approvedAt),
          ]}
        />
      </CardBody>
    </Card>
  );
}

function projectFact(deal: Deal, mayPlace: boolean): readonly Fact[] {
  if (mayPlace) return [{ label: "Project", value: <ProjectOfDeal deal={deal} /> }];
  return deal.project === null ? [] : [{ label: "Project", value: <>{deal.project.name}</> }];
}

type Fact = { readonly label: string; readonly value: ReactElement };

function stamp(label: string, by: Deal["submittedBy"], at: string | null): readonly Fact[] {
  if (by === null || at === null) return [];
  return [
    {
      label,
      value: (
        <>
          {by.name}, <Moment at={at} isInSentence />
        </>
      ),
    },
  ];
}

/** Who the deal counts for, and how much of it. */
export function DealCredits({ deal }: { readonly deal: Deal }): ReactElement {
  const isFrozen = deal.status === "approved";
  return (
    <Card>
      <CardHead title="Credits" end={isFrozen && <Badge tone="line">Frozen by the approval</Badge>} />
      <CardBody>
        <ul className="flex flex-col gap-2">
          {deal.credits.map(({ participant, kind, basisPoints }) => (
            <li key={`${participant.id} ${kind}`} className="flex items-center gap-2.5">
              <Avatar person={participant} size={24} isDecorative />
              <span className="min-w-0 flex-1 truncate">{participant.name}</span>
              {kind === "overlay" && <span className="text-xs text-subtle">overlay</span>}
              <span className="tnum font-medium">{formatBasisPoints(basisPoints)}</span>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
