import type { Import } from "@rainmaker/contracts/records/imports";
import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { PageBody, PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { ImportProgress } from "./import-progress.tsx";
import { ImportResult } from "./import-result.tsx";
import { ImportWizard } from "./import-wizard.tsx";
import { useImport } from "./use-import.ts";

/** One import, wherever it stands: being matched, running, or done. */
export function ImportPage(): ReactElement {
  const { importId } = useParams({ from: "/shell/imports/$importId" });
  const query = useImport(importId);
  if (query.data !== undefined) return <Loaded key={importId} imported={query.data} />;
  return (
    <>
      <PageHead title="Import" crumbs={[{ label: "Imports", to: "/imports" }]} />
      <PageBody>
        <QueryView query={query} what="This import" skeleton={<SkeletonLines lines={6} />}>
          {() => null}
        </QueryView>
      </PageBody>
    </>
  );
}

function Loaded({ imported }: { readonly imported: Import }): ReactElement {
  switch (imported.status) {
    case "draft":
    case "previewed":
      return <ImportWizard imported={imported} />;
    case "queued":
    case "running":
    case "undoing":
    case "redoing":
      return <ImportProgress imported={imported} />;
    case "finished":
    case "failed":
    case "undone":
      return <ImportResult imported={imported} />;
  }
}
