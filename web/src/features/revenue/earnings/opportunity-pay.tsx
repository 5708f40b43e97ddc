import type { OpportunityId } from "@rainmaker/contracts/ids";
import type { ReactElement, ReactNode } from "react";
import { Card, CardBody, CardHead } from "#ui/card";
import { TextLink } from "#ui/link";
import { LiveFigure } from "#ui/live-figure";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { useWhatIf } from "./use-what-if.ts";
import { paysOf, payText, rateSentence } from "./what-it-pays.ts";

type PayProps = { readonly opportunityId: OpportunityId };

/** The commission on a sale by itself. */
export function PayFigure({ opportunityId }: PayProps): ReactElement {
  const { data } = useWhatIf([opportunityId]);
  const text = data && payText(data);
  if (text === undefined) return <span className="text-subtle">{data === undefined ? "…" : "None"}</span>;
  return <LiveFigure className="text-earn-fg">{text}</LiveFigure>;
}

/** The commission on a sale with what it would change about the month. */
export function PayCard({ opportunityId }: PayProps): ReactElement {
  const query = useWhatIf([opportunityId]);
  return (
    <Card className="flex-none">
      <CardHead title="Your commission" end={<PayFigure opportunityId={opportunityId} />} />
      <CardBody>
        <QueryView query={query} what="Your commission" skeleton={<SkeletonLines lines={2} />}>
          {(answer) => {
            const rate = rateSentence(answer);
            if (payText(answer) === undefined) return <p className="text-muted">No plan of yours counts this sale.</p>;
            return (
              <>
                {rate !== undefined && <p className="tnum pb-2">{rate}</p>}
                <p className="text-xs text-subtle">
                  If all of it were paid and verified this month, on top of what already counts.{" "}
                  <TextLink to="/my-plan">What your plan says</TextLink>
                </p>
              </>
            );
          }}
        </QueryView>
      </CardBody>
    </Card>
  );
}

type CardPaysProps = {
  readonly opportunityIds: readonly OpportunityId[];
  readonly children: (pays: ReadonlyMap<OpportunityId, string>) => ReactNode;
};

const none: ReadonlyMap<OpportunityId, string> = new Map();

/** The commission on each of many sales, by one call; where that fails the board stands without. */
export function CardPays({ opportunityIds, children }: CardPaysProps): ReactNode {
  const { data } = useWhatIf(opportunityIds);
  return children(data === undefined || opportunityIds.length === 0 ? none : paysOf(data));
}
