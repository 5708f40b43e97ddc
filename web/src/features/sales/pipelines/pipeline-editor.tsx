import { fieldErrors, type FieldError } from "@rainmaker/contracts/problem";
import type { StageId } from "@rainmaker/contracts/ids";
import { updatePipeline, type Pipeline } from "@rainmaker/contracts/sales/pipelines";
import { Plus } from "lucide-react";
import { useState, type ReactElement } from "react";
import { announce } from "#lib/announce";
import { call } from "#lib/api";
import { ApiProblem } from "#lib/api-problem";
import { formatCountOf } from "#lib/format";
import { invalidateEntities } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Note } from "#ui/note";
import { TextField } from "#ui/text-field";
import { StageCard } from "./stage-card.tsx";
import {
  bodyOf,
  draftOf,
  isChanged,
  withNewStage,
  withoutStage,
  withStage,
  withStageKept,
  withStageMoved,
  type PipelineDraft,
  type StageValue,
} from "./stage-drafts.ts";

type Draft = Omit<ReturnType<typeof useDraft>, "setForm">;

/** A pipeline with its stages. Nothing of it counts before it is saved, and then all of it. */
export function PipelineEditor({ pipeline }: { readonly pipeline: Pipeline }): ReactElement {
  const { setForm, ...draft } = useDraft(pipeline);
  const { value, change, errors } = draft;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div ref={setForm} className="scroll-area min-h-0 flex-1 p-5 max-sm:p-4">
        <div className="flex max-w-220 flex-col gap-4">
          <FormProblem problem={draft.problem} onReload={draft.discard} />
          <TextField
            label="Name"
            className="max-w-90"
            value={value.name}
            onChange={(name) => change({ ...value, name })}
            error={errors["name"]}
          />
          <Stages {...draft} pipeline={pipeline} />
          <Button
            size="sm"
            icon={Plus}
            className="self-start"
            onClick={() => change(withNewStage(value, crypto.randomUUID()))}
          >
            Add a stage
          </Button>
        </div>
      </div>
      <ChangeBar {...draft} pipeline={pipeline} />
    </div>
  );
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- put together here, used by this file alone
function useDraft(pipeline: Pipeline) {
  const [edited, setEdited] = useState<{ value: PipelineDraft; version: number } | null>(null);
  const [faults, setFaults] = useState<readonly FieldError[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [form, setForm] = useState<HTMLElement | null>(null);
  const value = edited?.value ?? draftOf(pipeline);
  const discard = (): void => {
    setEdited(null);
    setFaults([]);
    setProblem(null);
  };
  const refuse = (errors: readonly FieldError[], whole: unknown): void => {
    setFaults(errors);
    setProblem(whole);
    announce("Not saved");
    requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const save = async (): Promise<void> => {
    const judged = updatePipeline.body.safeParse(bodyOf(value));
    if (!judged.success) return refuse(fieldErrors(judged.error.issues), null);
    setIsSaving(true);
    try {
      const seenVersion = edited?.version ?? pipeline.version;
      await call(updatePipeline, { params: { pipelineId: pipeline.id }, body: judged.data, seenVersion });
      await invalidateEntities(["pipeline", "stage", "opportunity"]);
      discard();
      notify({ tone: "done", title: `Saved ${value.name}` });
    } catch (error) {
      const errors = error instanceof ApiProblem ? error.errors : [];
      const isAtField = errors.some(({ path }) => path === "name" || path.startsWith("stages."));
      refuse(errors, isAtField ? null : error);
    } finally {
      setIsSaving(false);
    }
  };
  return {
    value,
    errors: Object.fromEntries(faults.map(({ path, message }) => [path, message])) as Readonly<Record<string, string>>,
    setForm,
    problem,
    isSaving,
    isDirty: isChanged(value, pipeline),
    // The version it was opened with: saving over somebody else's change is refused rather than done.
    change: (next: PipelineDraft) => setEdited({ value: next, version: edited?.version ?? pipeline.version }),
    discard,
    save,
  };
}

function Stages({ value, change, errors, pipeline }: Draft & { readonly pipeline: Pipeline }): ReactElement {
  const { stages, removed } = value;
  const open = stages.filter(({ kind }) => kind === "open");
  const saved = stages.filter((stage): stage is StageValue & { id: StageId } => stage.id !== undefined);
  const nameOf = (id: StageId): string => saved.find((stage) => stage.id === id)?.name ?? "";
  return (
    <>
      <ol aria-label="Stages" className="flex flex-col gap-2">
        {stages.map((stage, place) => (
          <StageCard
            key={stage.key}
            stage={stage}
            others={saved.filter(({ key }) => key !== stage.key)}
            errors={errorsAt(errors, place)}
            isFirst={open[0]?.key === stage.key}
            isLast={open.at(-1)?.key === stage.key}
            onChange={(changes) => change(withStage(value, stage.key, changes))}
            onMove={(by) => change(withStageMoved(value, stage.key, by))}
            onRemove={(target) => change(withoutStage(value, stage.key, target))}
          />
        ))}
      </ol>
      {removed.map(({ stageId, name, targetStageId }) => (
        <Note
          key={stageId}
          tone="warning"
          end={
            <Button size="xs" onClick={() => change(withStageKept(value, stageId, pipeline))}>
              Keep it
            </Button>
          }
        >
          {name} goes; its opportunities move to {nameOf(targetStageId)}.
        </Note>
      ))}
    </>
  );
}

/** "stages.2.name" is the name of the third. */
function errorsAt(errors: Readonly<Record<string, string>>, place: number): Readonly<Record<string, string>> {
  const start = `stages.${place}.`;
  const own = Object.entries(errors).filter(([path]) => path.startsWith(start));
  return Object.fromEntries(own.map(([path, message]) => [path.slice(start.length), message]));
}

function ChangeBar({ value, pipeline, ...draft }: Draft & { readonly pipeline: Pipeline }): ReactElement | null {
  if (!draft.isDirty) return null;
  const moving = value.removed.length;
  return (
    <footer className="flex flex-none items-center gap-3 border-t border-line-subtle bg-sunken px-5 py-2.5 max-sm:px-4">
      <p className="min-w-0 flex-1 truncate text-muted">
        {moving === 0
          ? `Changes of ${pipeline.name} are not saved`
          : `${formatCountOf(moving, "stage")} will go when this is saved`}
      </p>
      <Button size="sm" onClick={draft.discard}>
        Discard
      </Button>
      <Button size="sm" tone="primary" isLoading={draft.isSaving} onClick={() => void draft.save()}>
        Save
      </Button>
    </footer>
  );
}
