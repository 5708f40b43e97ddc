import { House } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function HomePage(): ReactElement {
  return (
    <>
      <PageHead title="Home" />
      <PageBody>
        <EmptyState icon={House} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
