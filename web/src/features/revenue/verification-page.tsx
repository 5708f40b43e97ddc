import { ShieldCheck } from "lucide-react";
import type { ReactElement } from "react";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

export function VerificationPage(): ReactElement {
  return (
    <>
      <PageHead title="Verification" />
      <PageBody>
        <EmptyState icon={ShieldCheck} title="Nothing here yet" />
      </PageBody>
    </>
  );
}
