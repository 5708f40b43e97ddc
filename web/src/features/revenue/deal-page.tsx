import { Handshake } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function DealPage(): ReactElement {
  return (
    <>
      <PageHead title="Deal" />
      <PageBody>
        <EmptyState icon={Handshake} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
