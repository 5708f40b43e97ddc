import type { Plan, PlanTerms, PlanVersion } from "@rainmaker/contracts/revenue/plans";
import type { PlanId } from "@rainmaker/contracts/ids";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { formatCountOf, formatFullDay } from "#lib/format";
import { useKey } from "#lib/keys";
import { useCan } from "#lib/session";
import { Badge } from "#ui/badge";
import { PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { RailLayout } from "#ui/rail-layout";
import { SelectField } from "#ui/select-field";
import { Skeleton } from "#ui/skeleton";
import { DryRun } from "./plans/dry-run.tsx";
import { PlanBar } from "./plans/plan-bar.tsx";
import { PlanPeople } from "./plans/plan-people.tsx";
import { PlanText } from "./plans/plan-text.tsx";
import { statusNames } from "./plans/plan-values.ts";
import { TermsEditor } from "./plans/terms-editor.tsx";
import { planQuery, usePlanActs } from "./plans/use-plans.ts";

/** A commission plan: its rules, the text they make, and what they would have cost. */
export function PlanPage(): ReactElement {
  const { planId } = useParams({ from: "/shell/plans/$planId" });
  const query = useQuery(planQuery(planId as PlanId));
  return (
    <>
      <PlanHead plan={query.data} />
      <QueryView
        query={query}
        what="The plan"
        skeleton={<Skeleton className="h-96 w-full rounded-lg" />}
        className="m-5 max-sm:m-4"
      >
        {(plan) => <PlanView key={plan.id} plan={plan} />}
      </QueryView>
    </>
  );
}

function PlanHead({ plan }: { readonly plan: Plan | undefined }): ReactElement {
  const newest = plan?.versions[0];
  return (
    <PageHead
      title={plan?.name ?? "Plan"}
      crumbs={[
        { label: "Commissions", to: "/commissions" },
        { label: "Plans", to: "/plans" },
      ]}
      context={
        newest !== undefined && (
          <>
            <Badge tone={statusNames[newest.status].tone}>{statusNames[newest.status].label}</Badge>
            <span className="text-subtle">
              Version {newest.number}
              {newest.startsOn !== null && `, from ${formatFullDay(newest.startsOn)}`}
              {plan !== undefined &&
                `, ${plan.isDefault ? "everybody without another plan" : formatCountOf(plan.people.length, "person", "people")}`}
            </span>
          </>
        )
      }
    />
  );
}

function PlanView({ plan }: { readonly plan: Plan }): ReactElement {
  const [number, setNumber] = useState<number | undefined>(undefined);
  const version = plan.versions.find((each) => each.number === number) ?? plan.versions[0];
  if (version === undefined) return <></>;
  return (
    <VersionView
      // What is typed belongs to one version of one draft.
      key={`${version.number}/${version.version}/${version.status}`}
      plan={plan}
      version={version}
      onChoose={setNumber}
    />
  );
}

type VersionViewProps = {
  readonly plan: Plan;
  readonly version: PlanVersion;
  readonly onChoose: (number: number) => void;
};

type Draft = { readonly terms: PlanTerms; readonly startsOn: string | null };

function VersionView({ plan, version, onChoose }: VersionViewProps): ReactElement {
  const mayEdit = useCan("plan.edit");
  const acts = usePlanActs(plan);
  const [draft, setDraft] = useState<Draft | null>(null);
  const { terms, startsOn } = draft ?? version;
  const isNewest = plan.versions[0]?.number === version.number;
  const isEditable = mayEdit && version.status === "draft";
  const save = (): void => {
    if (draft !== null) void acts.save(draft.terms, draft.startsOn).then((isSaved) => isSaved && setDraft(null));
  };
  useKey("mod+s", "Save the draft", save, { isActive: isEditable && draft !== null });
  return (
    <>
      <RailLayout
        mainLabel="Rules"
        railLabel="Dry run"
        railWidth={400}
        rail={
          <>
            {mayEdit && isNewest && <DryRun acts={acts} isDirty={draft !== null} />}
            <PlanPeople plan={plan} />
          </>
        }
      >
        <div className="flex flex-col gap-5 p-5 max-sm:p-4">
          <VersionChoice plan={plan} version={version} onChoose={onChoose} />
          {isEditable && (
            <TermsEditor
              terms={terms}
              startsOn={startsOn}
              faults={acts.faults}
              onChange={(next, day) => setDraft({ terms: next, startsOn: day })}
            />
          )}
          <PlanText terms={terms} before={termsBefore(plan, version)} />
        </div>
      </RailLayout>
      {isNewest && <PlanBar plan={plan} version={version} acts={acts} isDirty={draft !== null} onSave={save} />}
    </>
  );
}

function termsBefore({ versions }: Plan, { number }: PlanVersion): PlanTerms | undefined {
  return versions.find((each) => each.number === number - 1)?.terms;
}

function VersionChoice({ plan, version, onChoose }: VersionViewProps): ReactElement | null {
  if (plan.versions.length < 2) return null;
  return (
    <SelectField
      label="Version"
      className="w-56"
      options={plan.versions.map(({ number, status }) => ({
        value: String(number),
        label: `Version ${number}, ${statusNames[status].label.toLowerCase()}`,
      }))}
      value={String(version.number)}
      onChange={(chosen) => onChoose(Number(chosen))}
    />
  );
}
