import { runImport, type Import } from "@rainmaker/contracts/records/imports";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useRef, type ReactElement } from "react";
import { hasCode } from "#lib/api-problem";
import { formatCount, formatCountOf } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { useIsOffline } from "#lib/offline";
import { invalidateEntities } from "#lib/query";
import { useCall } from "#lib/use-call";
import { ButtonLink } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { PageBody, PageHead } from "#ui/page-head";
import { CheckStep } from "./check-step.tsx";
import { ChoicesStep } from "./choices-step.tsx";
import { pluralOf } from "./import-words.ts";
import { missingFields } from "./mapping.ts";
import { MatchStep } from "./match-step.tsx";
import { rememberImport, useMapping, usePreview, type MappingDraft, type Preview } from "./use-import.ts";
import { StepBar, WizardFooter } from "./wizard-frame.tsx";

type Step = "match" | "choices" | "check";

/** Columns, choices, dry run: each step has its address, and what is chosen is kept at once. */
export function ImportWizard({ imported }: { readonly imported: Import }): ReactElement {
  const { step = "match" } = useSearch({ from: "/shell/imports/$importId" });
  const navigate = useNavigate({ from: "/imports/$importId" });
  const draft = useMapping(imported);
  const missing = missingFields(imported.fields, draft.mapping);
  // Whoever opens the address of a later step of a file that is not matched yet starts with what is missing.
  const shown: Step = missing.length > 0 ? "match" : step;
  const goTo = (next: Step): void => void navigate({ search: { step: next } });
  return (
    <>
      <PageHead
        title={`Import ${pluralOf(imported.entity)}`}
        crumbs={[{ label: "Imports", to: "/imports" }]}
        context={<span className="truncate max-sm:max-w-48">{imported.fileName}</span>}
        actions={
          <>
            <span className="text-xs text-subtle">{draft.problem === null ? "Draft kept" : "Draft not kept"}</span>
            <ButtonLink to="/imports" tone="ghost" size="sm" icon={X} aria-label="Close, the draft is kept" />
          </>
        }
      />
      <StepBar current={shown} onGoTo={goTo} />
      {shown === "match" && (
        <>
          <PageBody isPadded={false}>
            <Problem problem={draft.problem} />
            <MatchStep imported={imported} mapping={draft.mapping} onChange={draft.change} />
          </PageBody>
          <WizardFooter
            nextLabel="Continue"
            onNext={() => goTo("choices")}
            nextDisabledReason={
              missing.length === 0 ? undefined : `${missing.map(({ label }) => label).join(", ")} is required`
            }
          >
            Nothing is written yet. After the import you can undo it for 30 days.
          </WizardFooter>
        </>
      )}
      {shown === "choices" && (
        <>
          <PageBody>
            <Problem problem={draft.problem} />
            <ChoicesStep imported={imported} draft={draft} />
          </PageBody>
          <WizardFooter nextLabel="Check the file" onNext={() => goTo("check")} onBack={() => goTo("match")}>
            The check reads every row and writes nothing.
          </WizardFooter>
        </>
      )}
      {shown === "check" && (
        <Checked
          imported={imported}
          draft={draft}
          onBack={() => goTo("choices")}
          // The steps are over: going back from the result leads to where one came from.
          onStarted={() => void navigate({ search: {}, replace: true })}
        />
      )}
    </>
  );
}

function Problem({ problem }: { readonly problem: unknown }): ReactElement | null {
  if (problem === null) return null;
  return (
    <div className="px-5 pt-4 max-sm:px-4">
      <FormProblem problem={problem} />
    </div>
  );
}

type CheckedProps = {
  readonly imported: Import;
  readonly draft: MappingDraft;
  readonly onBack: () => void;
  readonly onStarted: () => void;
};

function Checked({ imported, draft, onBack, onStarted }: CheckedProps): ReactElement {
  const preview = usePreview(imported.id, draft.mapping, draft.settle);
  const run = useCall(runImport, ["import"]);
  const intentKey = useIntentKey();
  const isStarting = useRef(false);
  const isOffline = useIsOffline();
  const isCurrent = preview.data !== undefined && !preview.isPlaceholderData;
  const start = async (): Promise<void> => {
    // Of a double click the second comes before the button has been drawn as busy.
    if (isStarting.current) return;
    isStarting.current = true;
    try {
      await draft.settle();
      const idempotencyKey = intentKey([imported.id, "run"]);
      rememberImport(await run.mutateAsync({ params: { importId: imported.id }, idempotencyKey }));
      onStarted();
    } catch (error) {
      // Started in another tab: this one shows how far it is.
      if (hasCode(error, "invalid_transition")) void invalidateEntities(["import"]);
    } finally {
      isStarting.current = false;
    }
  };
  return (
    <>
      <PageBody>
        <Problem problem={run.error} />
        <CheckStep imported={imported} draft={draft} preview={preview} />
      </PageBody>
      <WizardFooter
        nextLabel={isCurrent ? labelOf(preview.data) : "Import"}
        onNext={() => void start()}
        onBack={onBack}
        isNextLoading={run.isPending}
        nextDisabledReason={isCurrent ? whyNot(preview.data, isOffline) : "The check is still running"}
      >
        Nothing is written yet. It runs in the background: you can leave this page meanwhile.
      </WizardFooter>
    </>
  );
}

function labelOf({ counts: { created, updated }, toReview }: Preview): string {
  const rows = formatCountOf(created + updated, "row");
  return toReview === 0 ? `Import ${rows}` : `Import ${rows}, ${formatCount(toReview)} to decide`;
}

function whyNot({ counts: { created, updated }, toReview }: Preview, isOffline: boolean): string | undefined {
  if (isOffline) return "You are offline: importing needs the network";
  return created + updated + toReview === 0 ? "No row would be imported" : undefined;
}
