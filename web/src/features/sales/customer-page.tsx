import { Building2 } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function CustomerPage(): ReactElement {
  return (
    <>
      <PageHead title="Customer" />
      <PageBody>
        <EmptyState icon={Building2} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
