import { updateInteraction, type Interaction } from "@rainmaker/contracts/sales/interactions";
import { dayIn } from "@rainmaker/contracts/time";
import { useId, type ReactElement } from "react";
import { browserTimeZone, formatTime } from "#lib/format";
import { useForm, type Form } from "#lib/form";
import { invalidateEntities } from "#lib/query";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { FormProblem } from "#ui/form-problem";
import { Sheet } from "#ui/sheet";
import { TextArea } from "#ui/text-field";
import { KindChoice } from "./composer.tsx";
import { ContactsChoice } from "./contacts-choice.tsx";
import { instantOf, readMinutes, type ContactRef, type Draft } from "./interaction-draft.ts";
import { FollowUpField, LengthAndDay, OutcomeField } from "./interaction-fields.tsx";
import { kindNames, kindObjects, lengthText, outcomesOf } from "./interaction-words.ts";
import { saveInteraction } from "./use-interactions.ts";

type Values = Pick<Draft, "kind"> & {
  readonly body: string;
  readonly outcome: Interaction["outcome"];
  readonly minutes: string;
  readonly followUpOn: string | null;
  readonly contactIds: readonly ContactRef[];
  readonly occurredAt: { readonly day: string | null; readonly time: string };
};

type EditSheetProps = { readonly interaction: Interaction; readonly onClose: () => void };

/** Changes what was logged; the log keeps what it said before. */
export function EditInteractionSheet({ interaction, onClose }: EditSheetProps): ReactElement {
  const formId = useId();
  const form = useForm({
    initial: valuesOf(interaction),
    version: interaction.version,
    schema: updateInteraction.body,
    toBody: (values: Values) => changesOf(values, interaction),
    send: (body, seenVersion) => saveInteraction(interaction.id, body, seenVersion),
    onDone: ({ kind }) => {
      void invalidateEntities(["interaction"]);
      notify({ tone: "done", title: `Changed ${kindObjects[kind]}` });
      onClose();
    },
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Edit ${kindNames[interaction.kind].toLowerCase()}`}
      context={interaction.number}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        <Fields form={form} interaction={interaction} />
      </form>
    </Sheet>
  );
}

function Fields({
  form,
  interaction,
}: {
  readonly form: Form<Values>;
  readonly interaction: Interaction;
}): ReactElement {
  const { values, set } = form;
  const error = form.field("occurredAt").error ?? form.field("followUpOn").error ?? form.field("outcome").error;
  const draft: Draft = { kind: values.kind, text: "", length: values.minutes, ...values.occurredAt };
  return (
    <>
      <TextArea label="What happened" rows={5} {...form.field("body")} />
      <KindChoice
        value={values.kind}
        onChange={(kind) =>
          set({
            kind,
            ...(values.outcome !== null && !outcomesOf(kind).includes(values.outcome) && { outcome: null }),
          })
        }
      />
      <ContactsChoice
        label="With"
        known={interaction.contacts}
        value={values.contactIds}
        onChange={(contactIds) => set({ contactIds })}
        customerId={interaction.customer?.id}
      />
      <OutcomeField kind={values.kind} value={values.outcome} onChange={(outcome) => set({ outcome })} />
      <LengthAndDay
        draft={draft}
        facts={{ outcome: null, minutes: null, followUpOn: null, contacts: [], unclear: [], note: "" }}
        onChange={({ day, time, length }) =>
          set({
            ...(length !== undefined && { minutes: length }),
            occurredAt: { day: day === undefined ? values.occurredAt.day : day, time: time ?? values.occurredAt.time },
          })
        }
      />
      <FollowUpField value={values.followUpOn} onChange={(followUpOn) => set({ followUpOn })} />
      {error !== undefined && (
        <p role="alert" className="text-xs text-danger-fg">
          {error}
        </p>
      )}
    </>
  );
}

function valuesOf(interaction: Interaction): Values {
  const { kind, body, outcome, minutes, followUpOn, contacts, occurredAt } = interaction;
  return {
    kind,
    body: body ?? "",
    outcome,
    minutes: minutes === null ? "" : lengthText(minutes),
    followUpOn,
    contactIds: contacts,
    occurredAt: momentOf(occurredAt),
  };
}

function momentOf(instant: string): Values["occurredAt"] {
  return { day: dayIn(browserTimeZone(), new Date(instant)), time: formatTime(instant) };
}

/** Only what differs: a day that is shown to the minute says nothing about its seconds. */
function changesOf(values: Values, interaction: Interaction): object {
  const before = valuesOf(interaction);
  const isSame = (name: keyof Values): boolean => JSON.stringify(values[name]) === JSON.stringify(before[name]);
  const { day, time } = values.occurredAt;
  return {
    ...(!isSame("kind") && { kind: values.kind }),
    ...(!isSame("body") && { body: values.body.trim() === "" ? null : values.body }),
    ...(!isSame("outcome") && { outcome: values.outcome }),
    ...(!isSame("minutes") && {
      minutes: values.minutes.trim() === "" ? null : (readMinutes(values.minutes) ?? values.minutes),
    }),
    ...(!isSame("followUpOn") && { followUpOn: values.followUpOn }),
    ...(!isSame("contactIds") && { contactIds: values.contactIds.map(({ id }) => id) }),
    ...(!isSame("occurredAt") && day !== null && { occurredAt: instantOf(day, time) }),
  };
}
