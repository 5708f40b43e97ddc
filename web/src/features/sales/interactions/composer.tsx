import type { InteractionKind } from "@rainmaker/contracts/sales/interactions";
import { useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode, type Ref } from "react";
import { cx } from "#lib/class-names";
import { useMedia } from "#lib/media";
import { useUser } from "#lib/session";
import { Button } from "#ui/button";
import { bareInput, inputBox } from "#ui/field";
import { ChipButton } from "#ui/filter-chip";
import { FormProblem } from "#ui/form-problem";
import { Kbd } from "#ui/kbd";
import { Segmented } from "#ui/segmented";
import { useToday } from "../opportunities/use-today.ts";
import { ContactsChoice } from "./contacts-choice.tsx";
import { useDraft } from "./drafts.ts";
import { factsOf, isBlank, type About, type ContactRef, type Draft, type Facts } from "./interaction-draft.ts";
import { FollowUpField, LengthAndDay, OutcomeField } from "./interaction-fields.tsx";
import { kindIcons, kindNames } from "./interaction-words.ts";
import { logDraft } from "./use-interactions.ts";

type ComposerProps = {
  readonly about: About;
  /** The people of the record: the words may name them. */
  readonly people: readonly ContactRef[];
  /** Where its text is written, for the key that leads there. */
  readonly textRef?: Ref<HTMLTextAreaElement>;
  /** All fields at once, as in a sheet. */
  readonly isOpen?: boolean;
  readonly onLogged?: () => void;
};

/** Logs a call, note, email or meeting in one line; what the words say is shown beside it and can be changed. */
export function Composer({ about, people, textRef, isOpen = false, onLogged }: ComposerProps): ReactElement {
  const me = useUser();
  const today = useToday();
  const [draft, setDraft] = useDraft(about);
  const [isNear, setIsNear] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const frame = useRef<HTMLFormElement>(null);
  const facts = factsOf(draft, people, today);
  const change = (changes: Partial<Draft>): void => setDraft({ ...draft, ...changes });
  const isShown = isOpen || isNear || !isBlank(draft);
  /** Out of the text, so that keys act again; and not away from where the next one is written. */
  const leave = (): void => {
    frame.current?.focus();
    setIsNear(false);
  };
  const save = (): void => {
    if (isBlank(draft)) return;
    setProblem(null);
    leave();
    void logDraft(me.id, about, draft, facts).catch(setProblem);
    onLogged?.();
  };
  return (
    // What is near is shown: the fields come with the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      ref={frame}
      aria-label="Log what happened"
      className="flex flex-col gap-2.5 outline-none"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      tabIndex={-1}
      onFocus={({ target, currentTarget }) => target !== currentTarget && setIsNear(true)}
      onBlur={({ relatedTarget: to }) => to instanceof Node && !frame.current?.contains(to) && setIsNear(false)}
    >
      <KindChoice value={draft.kind} onChange={(kind) => change({ kind, outcome: undefined })} />
      <TextBox textRef={textRef} draft={draft} onChange={(text) => change({ text })} onSave={save} onLeave={leave} />
      <FormProblem problem={problem} />
      {isShown && (
        <Details about={about} people={people} draft={draft} facts={facts} onChange={change}>
          <span className="text-xs text-subtle pointer-coarse:hidden">
            Enter saves, Shift Enter begins a line. What is not understood stays in the note.
          </span>
          <Button type="submit" tone="primary" size="sm" className="ml-auto" shortcut="mod+enter">
            Save
          </Button>
        </Details>
      )}
    </form>
  );
}

const order = ["call", "note", "mail", "meeting"] as const satisfies readonly InteractionKind[];

type KindChoiceProps = { readonly value: InteractionKind; readonly onChange: (kind: InteractionKind) => void };

export function KindChoice({ value, onChange }: KindChoiceProps): ReactElement {
  const isPhone = useMedia("phone");
  return (
    <Segmented
      label="What to log"
      className="self-start"
      value={value}
      onChange={onChange}
      options={order.map((kind) => ({
        value: kind,
        label: kindNames[kind],
        ...(!isPhone && { icon: kindIcons[kind] }),
      }))}
    />
  );
}

const prompts: Readonly<Record<InteractionKind, string>> = {
  call: "What happened? Try “reached Ruth 20 min, wants net 60, follow up Friday”",
  meeting: "What happened? Try “met Ruth 45 min, budget approved, follow up +3d”",
  mail: "What was written? Try “sent to Ruth, the new offer, follow up in 3 days”",
  note: "What should be known?",
};

type TextBoxProps = {
  readonly textRef: Ref<HTMLTextAreaElement> | undefined;
  readonly draft: Draft;
  readonly onChange: (text: string) => void;
  readonly onSave: () => void;
  readonly onLeave: () => void;
};

function TextBox({ textRef, draft, onChange, onSave, onLeave }: TextBoxProps): ReactElement {
  const isCoarse = useMedia("coarse");
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onLeave();
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.shiftKey) return;
    // On a phone Enter begins a line; Save is a button there.
    if (isCoarse && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onSave();
  };
  return (
    <span className={cx(inputBox({}), "h-auto items-start pointer-coarse:h-auto")}>
      <textarea
        ref={textRef}
        rows={1}
        aria-label={draft.kind === "note" ? "Note" : "What happened"}
        placeholder={prompts[draft.kind]}
        value={draft.text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className={cx(bareInput, "field-sizing-content min-h-8.5 resize-none py-1.75 pointer-coarse:min-h-11")}
      />
      <span className="pt-1.75 pointer-coarse:hidden">
        <Kbd keys="mod+enter" />
      </span>
    </span>
  );
}

type DetailsProps = {
  readonly about: About;
  readonly people: readonly ContactRef[];
  readonly draft: Draft;
  readonly facts: Facts;
  readonly onChange: (changes: Partial<Draft>) => void;
  readonly children: ReactNode;
};

/** What is known by now, and can be said otherwise. */
function Details({ about, people, draft, facts, onChange, children }: DetailsProps): ReactElement {
  return (
    <div className="flex flex-col gap-2">
      <ContactsChoice
        label="With"
        known={people}
        value={facts.contacts}
        onChange={(contacts) => onChange({ contacts })}
        customerId={about.customerId}
      />
      {facts.unclear.map(({ word, people: namesakes }) => (
        <p key={word} className="flex flex-wrap items-center gap-1.5 text-warning-fg">
          Which {word.charAt(0).toUpperCase() + word.slice(1)}?
          {namesakes.map((person) => (
            <ChipButton key={person.id} onClick={() => onChange({ contacts: [...facts.contacts, person] })}>
              {[person.name, person.detail].filter(Boolean).join(", ")}
            </ChipButton>
          ))}
        </p>
      ))}
      <OutcomeField kind={draft.kind} value={facts.outcome} onChange={(outcome) => onChange({ outcome })} />
      <LengthAndDay draft={draft} facts={facts} onChange={onChange} />
      <FollowUpField value={facts.followUpOn} onChange={(followUpOn) => onChange({ followUpOn })} />
      <div className="flex flex-wrap items-center gap-2 pt-0.5">{children}</div>
    </div>
  );
}
