import type { ContactId } from "@rainmaker/contracts/ids";
import { listOpportunities } from "@rainmaker/contracts/sales/opportunities";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { liveQuery } from "#lib/query";
import { useCan } from "#lib/session";
import { Card, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { EmptyLine, OpportunityLine } from "../customers/customer-opportunities.tsx";

/** Sales a contact takes part in. */
export function ContactSales({ contactId }: { readonly contactId: ContactId }): ReactElement | null {
  const isEnabled = useCan("opportunity.read");
  const query = useQuery({
    ...liveQuery(listOpportunities, { query: { contactId, limit: "50", sort: "-updatedAt" } }, [
      "opportunity",
      "contact",
    ]),
    enabled: isEnabled,
  });
  if (!isEnabled) return null;
  return (
    <Card className="flex-none">
      <CardHead title="Opportunities" />
      <QueryView
        query={query}
        what="The opportunities"
        skeleton={<SkeletonLines lines={2} className="px-4 pb-4" />}
        className="px-4"
      >
        {({ items }) =>
          items.length === 0 ? (
            <EmptyLine>Takes part in no sale yet. Sales name their people on their own page.</EmptyLine>
          ) : (
            <ul>
              {items.map((opportunity) => (
                <OpportunityLine key={opportunity.id} opportunity={opportunity} />
              ))}
            </ul>
          )
        }
      </QueryView>
    </Card>
  );
}
