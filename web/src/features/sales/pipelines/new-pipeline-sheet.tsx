import type { PipelineId } from "@rainmaker/contracts/ids";
import { createPipeline } from "@rainmaker/contracts/sales/pipelines";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { invalidateEntities } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";

type NewPipelineSheetProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onMade: (id: PipelineId) => void;
};

export function NewPipelineSheet({ isOpen, onClose, onMade }: NewPipelineSheetProps): ReactElement {
  const form = useForm({
    initial: { name: "" },
    schema: createPipeline.body,
    toBody: (values) => values,
    send: (body) => call(createPipeline, { body }),
    onDone: ({ id, name }) => {
      void invalidateEntities(["pipeline"]);
      notify({ tone: "done", title: `${name} added` });
      form.reset({ name: "" });
      onMade(id);
    },
  });
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title="New pipeline"
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <Button tone="primary" isLoading={form.isSending} onClick={() => form.element?.requestSubmit()}>
          Add pipeline
        </Button>
      }
    >
      <form {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <TextField label="Name" placeholder="Renewals" {...form.field("name")} />
        <p className="text-subtle">It begins with the usual stages; change them once it is there.</p>
      </form>
    </Sheet>
  );
}
