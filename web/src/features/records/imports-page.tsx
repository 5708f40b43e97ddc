import { FileUp } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function ImportsPage(): ReactElement {
  return (
    <>
      <PageHead title="Imports" />
      <PageBody>
        <EmptyState icon={FileUp} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
