import { Coins } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function CommissionsPage(): ReactElement {
  return (
    <>
      <PageHead title="Commissions" />
      <PageBody>
        <EmptyState icon={Coins} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
