import { FileUp } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function ImportPage(): ReactElement {
  return (
    <>
      <PageHead title="Import" />
      <PageBody>
        <EmptyState icon={FileUp} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
