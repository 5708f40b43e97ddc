import { Target } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function GoalsPage(): ReactElement {
  return (
    <>
      <PageHead title="Goals" />
      <PageBody>
        <EmptyState icon={Target} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
