import { acceptPlan, type PlanDocument } from "@rainmaker/contracts/revenue/plans";
import { useQuery } from "@tanstack/react-query";
import { Check, ScrollText } from "lucide-react";
import type { ReactElement } from "react";
import { sentenceOf } from "#lib/api-problem";
import { formatFullDay, formatStamp } from "#lib/format";
import { notify } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { Skeleton } from "#ui/skeleton";
import { Sentences } from "./plans/plan-text.tsx";
import { planDocumentQuery } from "./plans/use-plans.ts";

/** What the plan that holds for the viewer says, written from its rules, and their word that they have read it. */
export function MyPlanPage(): ReactElement {
  const query = useQuery(planDocumentQuery);
  const document = query.data?.document;
  return (
    <>
      <PageHead
        title="Your plan"
        crumbs={[{ label: "Commissions", to: "/commissions" }]}
        context={
          document != null && (
            <span className="text-subtle">
              {document.plan}, version {document.version}
              {document.startsOn !== null && `, from ${formatFullDay(document.startsOn)}`}
            </span>
          )
        }
      />
      <QueryView
        query={query}
        what="Your plan"
        skeleton={<Skeleton className="h-64 w-full rounded-lg" />}
        className="m-5 max-sm:m-4"
      >
        {(reply) => (
          <PageBody>
            {reply.document === null ? (
              <EmptyState icon={ScrollText} title="No plan holds for you today">
                Whoever keeps the plans puts you on one. Until then payments of yours earn nothing.
              </EmptyState>
            ) : (
              <PlanPaper document={reply.document} />
            )}
          </PageBody>
        )}
      </QueryView>
    </>
  );
}

function PlanPaper({ document }: { readonly document: PlanDocument }): ReactElement {
  return (
    <article className="flex max-w-[68ch] flex-col gap-4">
      <Sentences sentences={document.sentences} />
      <Acceptance document={document} />
    </article>
  );
}

function Acceptance({ document }: { readonly document: PlanDocument }): ReactElement | null {
  const accept = useCall(acceptPlan, ["plan"]);
  const { sha256, acceptedAt, planId, version } = document;
  // The plan an organisation starts with was never approved, so there is no text to accept.
  if (sha256 === null) return null;
  if (acceptedAt !== null) {
    return (
      <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
        <Badge tone="success" icon={Check}>
          Accepted
        </Badge>
        {formatStamp(acceptedAt)}. Fingerprint {sha256.slice(0, 12)}
      </p>
    );
  }
  const send = (): void =>
    accept.mutate(
      { params: { planId }, body: { version, sha256 } },
      {
        onSuccess: () => notify({ tone: "done", title: "Accepted" }),
        onError: (error) => notify({ tone: "failed", title: "Not accepted", detail: sentenceOf(error) }),
      },
    );
  return (
    <div className="flex flex-wrap items-center gap-3 border-t border-line-subtle pt-4">
      <Button tone="primary" icon={Check} isLoading={accept.isPending} onClick={send}>
        I have read it and accept it
      </Button>
      <span className="text-xs text-subtle">Exactly this text: fingerprint {sha256.slice(0, 12)}</span>
    </div>
  );
}
