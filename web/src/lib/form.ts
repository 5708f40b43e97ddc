import { fieldErrors, type FieldError } from "@rainmaker/contracts/problem";
import { useState, type SubmitEvent } from "react";
import { flushSync } from "react-dom";
import type * as z from "zod/mini";
import { afterPress } from "./after-press.ts";
import { ApiProblem } from "./api-problem.ts";

type Schema = z.ZodMiniType;

export type FormOptions<Values extends object, S extends Schema, Reply> = {
  /** What the fields start with. For a versioned record: its values as they are now, at every render. */
  readonly initial: Values;
  /**
   * The version of the record. The form follows newer ones while nothing was typed; from then on it keeps the version
   * it was opened with, so that saving over somebody else's change is refused rather than done.
   */
  readonly version?: number;
  /** The contract's body: the same rules as on the server, the same sentences. */
  readonly schema: S;
  /** What is sent for these values. Empty optional fields are left out here. */
  readonly toBody: (values: Values) => unknown;
  /** `seenVersion` is for the call, where the contract is an update. */
  readonly send: (body: z.output<S>, seenVersion: number) => Promise<Reply>;
  readonly onDone?: (reply: Reply) => void;
  /** Sentences for this form, by path or by code; better than what a schema can say. */
  readonly words?: Readonly<Record<string, string>>;
};

type FormField<T> = {
  readonly name: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly onBlur: () => void;
  readonly error: string | undefined;
};

export type Form<Values extends object> = {
  /** For the form element: `<form {...form.props}>`. */
  readonly props: {
    readonly ref: (element: HTMLFormElement | null) => void;
    readonly noValidate: true;
    readonly onSubmit: (event: SubmitEvent) => void;
  };
  readonly element: HTMLFormElement | null;
  readonly values: Values;
  /** What it was opened with, or saved last. */
  readonly start: Values;
  readonly isDirty: boolean;
  readonly isSending: boolean;
  /** What refused the whole, where no field is to blame. */
  readonly problem: unknown;
  /** For a field: `<TextField label="Name" {...form.field("name")} />`. */
  field<K extends keyof Values & string>(name: K): FormField<Values[K]>;
  /** What the server said about a part of a field, such as "options.1.label". */
  errorAt(path: string): string | undefined;
  set(changes: Partial<Values>): void;
  /** Starts over with these values, such as a reloaded record's. */
  reset(values: Values, version?: number): void;
};

/**
 * A form over a contract. Fields are judged when they are left, then as they change; sending judges all of them and
 * puts the focus on the first that is wrong, whether the browser or the server said so. Nothing typed is ever cleared.
 */
export function useForm<Values extends object, S extends Schema, Reply>(
  options: FormOptions<Values, S, Reply>,
): Form<Values> {
  const { initial, version = 0, schema, toBody, send, onDone, words = {} } = options;
  const [element, setElement] = useState<HTMLFormElement | null>(null);
  const [draft, setDraft] = useState<Draft<Values>>(() => freshDraft(initial, version));
  const [isSending, setIsSending] = useState(false);
  if (version > draft.version && !isDirty(draft) && !isSending) setDraft(freshDraft(initial, version));
  const judged = schema.safeParse(toBody(draft.values));
  const wrong = judged.success ? [] : fieldErrors(judged.error.issues);

  const deliver = async (body: z.output<S>): Promise<void> => {
    setIsSending(true);
    try {
      const reply = await send(body, draft.version);
      setDraft((before) => saved(before, reply));
      onDone?.(reply);
    } catch (error) {
      // Drawn at once, so that there is something to put the focus on.
      flushSync(() => setDraft((before) => refused(before, error)));
      focusFirstWrong(element);
    } finally {
      setIsSending(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isSending) return;
    flushSync(() => setDraft((before) => visited(before, Object.keys(before.values))));
    if (judged.success) void deliver(judged.data);
    else focusFirstWrong(element);
  };
  const set = (changes: Partial<Values>): void => setDraft((before) => changed(before, changes));

  return {
    props: { ref: setElement, noValidate: true, onSubmit: submit },
    element,
    values: draft.values,
    start: draft.start,
    isSending,
    problem: draft.problem,
    isDirty: isDirty(draft),
    set,
    field: (name) => ({
      name,
      value: draft.values[name],
      onChange: (value) => set({ [name]: value } as unknown as Partial<Values>),
      onBlur: () => afterPress(() => setDraft((before) => visited(before, [name]))),
      error: sentenceFor(name, draft, wrong, words),
    }),
    errorAt: (wanted) => draft.refused.find(({ path }) => path === wanted)?.message,
    reset: (next, nextVersion = draft.version) => setDraft(freshDraft(next, nextVersion)),
  };
}

type Draft<Values> = {
  /** What counts as unchanged. */
  readonly start: Values;
  readonly values: Values;
  /** Of the record that `start` was read from. */
  readonly version: number;
  /** Fields that were left, or sent: only these are called wrong. */
  readonly visited: ReadonlySet<string>;
  readonly refused: readonly FieldError[];
  readonly problem: unknown;
};

function freshDraft<Values>(values: Values, version: number): Draft<Values> {
  return { start: values, values, version, visited: new Set(), refused: [], problem: null };
}

function isDirty<Values>({ values, start }: Draft<Values>): boolean {
  return JSON.stringify(values) !== JSON.stringify(start);
}

/** What was sent counts as unchanged now, under the version the answer names. */
function saved<Values>(draft: Draft<Values>, reply: unknown): Draft<Values> {
  const hasVersion = typeof reply === "object" && reply !== null && "version" in reply;
  const version = hasVersion && typeof reply.version === "number" ? reply.version : draft.version;
  return { ...draft, start: draft.values, version, problem: null };
}

function visited<Values>(draft: Draft<Values>, names: readonly string[]): Draft<Values> {
  return { ...draft, visited: draft.visited.union(new Set(names)) };
}

/** What the server said about a field is over when the field changes. */
function changed<Values extends object>(draft: Draft<Values>, changes: Partial<Values>): Draft<Values> {
  const isOver = ({ path }: FieldError): boolean => Object.hasOwn(changes, fieldOf(path));
  const refused = draft.refused.filter((error) => !isOver(error));
  return { ...draft, values: { ...draft.values, ...changes }, refused, problem: null };
}

function refused<Values extends object>(draft: Draft<Values>, error: unknown): Draft<Values> {
  const errors = error instanceof ApiProblem ? error.errors : [];
  const known = errors.filter(({ path }) => Object.hasOwn(draft.values, fieldOf(path)));
  return { ...draft, refused: known, problem: known.length === 0 ? error : null };
}

function sentenceFor<Values>(
  name: string,
  draft: Draft<Values>,
  wrong: readonly FieldError[],
  words: Readonly<Record<string, string>>,
): string | undefined {
  const isMine = ({ path }: FieldError): boolean => fieldOf(path) === name;
  const error = draft.refused.find(isMine) ?? (draft.visited.has(name) ? wrong.find(isMine) : undefined);
  return error === undefined ? undefined : (words[error.path] ?? words[error.code] ?? error.message);
}

/** "emails.3" is about the field emails. */
function fieldOf(path: string): string {
  return path.split(".")[0] ?? path;
}

function focusFirstWrong(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]:not([disabled])')?.focus();
}
