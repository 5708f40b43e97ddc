import { Building2 } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function CustomersPage(): ReactElement {
  return (
    <>
      <PageHead title="Customers" />
      <PageBody>
        <EmptyState icon={Building2} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
