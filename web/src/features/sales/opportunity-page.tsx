import { SquareKanban } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function OpportunityPage(): ReactElement {
  return (
    <>
      <PageHead title="Opportunity" />
      <PageBody>
        <EmptyState icon={SquareKanban} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
