import type { User } from "@rainmaker/contracts/organization/sessions";
import { setGoal, type Goal } from "@rainmaker/contracts/revenue/goals";
import { listTeams } from "@rainmaker/contracts/organization/members";
import { addMonths } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import type * as z from "zod/mini";
import { History, Users } from "lucide-react";
import { useEffect, type ReactElement } from "react";
import { useAllMembers } from "#features/organization";
import { call } from "#lib/api";
import { useForm } from "#lib/form";
import { formatMonth, formatMoney, formatPercent } from "#lib/format";
import { invalidateEntities, liveQuery, queryClient } from "#lib/query";
import { useUser } from "#lib/session";
import { notify, notifyUndo } from "#lib/toasts";
import { Avatar } from "#ui/avatar";
import { Button } from "#ui/button";
import { Combobox } from "#ui/combobox";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { SelectField } from "#ui/select-field";
import { goalSubjects, type Subject } from "./subjects.ts";
import { goalOf, goalsQuery } from "./use-goals.ts";

type GoalComposerProps = {
  /** The month it opens with. */
  readonly month: string;
  /** This month, from which goals can be set on. */
  readonly thisMonth: string;
  /** Whose goal it opens with; the own team's unless given. */
  readonly subjectId: string | undefined;
  readonly onDone: (goal: Goal) => void;
  readonly onCancel: () => void;
};

type Values = {
  /** Of the member or team; named as the contract names a member's, so that its refusals find the field. */
  readonly memberId: string | null;
  readonly target: string | null;
  readonly stretch: string | null;
  readonly month: string;
};

/** Months ahead that can have a goal. */
const monthsAhead = 6;

/** A goal is one sentence: who should reach how much verified revenue in which month. */
export function GoalComposer(props: GoalComposerProps): ReactElement {
  const { month, thisMonth, subjectId, onDone, onCancel } = props;
  const user = useUser();
  const subjects = useSubjects();
  const initial: Values = {
    memberId: subjectId ?? null,
    target: knownGoal(month, subjectId)?.target.amount ?? null,
    stretch: knownGoal(month, subjectId)?.stretch?.amount ?? null,
    month,
  };
  const ownCurrency = currencyOf(user);
  const form = useForm({
    initial,
    schema: setGoal.body,
    toBody: (values) => bodyOf(values, subjects, ownCurrency),
    send: async (body) => {
      const before = knownGoal(body.month, subjectOf(body, user));
      return { before, goal: await call(setGoal, { body }) };
    },
    words: { memberId: "Choose who the goal is for", "target.amount": "Write an amount above zero" },
    onDone: ({ goal, before }) => {
      void invalidateEntities(["goal"]);
      sayDone(goal, before);
      onDone(goal);
    },
  });
  const { memberId, month: chosenMonth } = form.values;
  const before = goalOf(useQuery(goalsQuery(chosenMonth)).data?.items, memberId);
  const currency = before?.target.currency ?? ownCurrency;

  useFocusInside(form.element);

  return (
    // Escape leaves from any of its fields.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={before === undefined ? "New goal" : "Change the goal"}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onCancel()}
      className="flex flex-none flex-col gap-3 rounded-lg border border-brand-line bg-surface px-5 py-4 shadow-[0_0_0_3px_var(--brand-soft)] max-sm:px-4"
    >
      <form {...form.props} className="flex flex-col gap-3">
        <FormProblem problem={form.problem} onReload={() => void invalidateEntities(["goal"])} />
        <div className="flex flex-wrap items-start gap-x-2.5 gap-y-2 text-lg text-muted">
          <Combobox
            label="Who the goal is for"
            isLabelHidden
            size="md"
            className="w-56 text-sm max-sm:w-full"
            placeholder="Choose a team or person"
            choices={subjects.map(choiceOf)}
            {...form.field("memberId")}
          />
          <span className="leading-8">should reach</span>
          <MoneyField
            label="Amount"
            isLabelHidden
            currency={currency}
            className="w-36 text-sm"
            {...form.field("target")}
          />
          <span className="leading-8">of verified revenue, at best</span>
          <MoneyField
            label="Stretch goal"
            isLabelHidden
            currency={currency}
            className="w-36 text-sm"
            {...form.field("stretch")}
          />
          <span className="leading-8">in</span>
          <SelectField
            label="Month"
            isLabelHidden
            className="w-44 text-sm"
            options={monthsFrom(thisMonth, month).map((value) => ({ value, label: formatMonth(value) }))}
            {...form.field("month")}
          />
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <Precedent month={chosenMonth} subjectId={memberId} before={before} />
          <span className="ml-auto flex items-center gap-2">
            <Button tone="ghost" shortcut="escape" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" tone="primary" shortcut="enter" isLoading={form.isSending}>
              {before === undefined ? "Set goal" : "Change goal"}
            </Button>
          </span>
        </div>
      </form>
    </section>
  );
}

/** The first field takes the focus, and gives it back to what had it. */
function useFocusInside(element: HTMLElement | null): void {
  useEffect(() => {
    if (element === null) return undefined;
    const opener = document.activeElement;
    element.querySelector<HTMLElement>("button, input")?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [element]);
}

function currencyOf({ organization }: User): string {
  return organization?.currency ?? "USD";
}

/** The goal that stands on the screen for a month and its person or team. */
function knownGoal(month: string, subjectId: string | null | undefined): Goal | undefined {
  return goalOf(queryClient.getQueryData(goalsQuery(month).queryKey)?.items, subjectId);
}

/** The version that was seen goes along: somebody else's change meanwhile is told, not overwritten. */
function bodyOf(
  { memberId, target, stretch, month }: Values,
  subjects: readonly Subject[],
  ownCurrency: string,
): unknown {
  const before = knownGoal(month, memberId);
  const currency = before?.target.currency ?? ownCurrency;
  const scope = subjects.find(({ id }) => id === memberId)?.scope ?? "member";
  return {
    ...whoOf(scope, memberId),
    month,
    target: { amount: target ?? "", currency },
    ...(stretch !== null && stretch !== "" && { stretch: { amount: stretch, currency } }),
    ...(before !== undefined && { seenVersion: before.version }),
  };
}

function whoOf(scope: Subject["scope"], id: string | null): Record<string, unknown> {
  if (scope === "organization") return { scope };
  return scope === "team" ? { scope, teamId: id } : { scope, memberId: id };
}

function subjectOf(body: z.output<typeof setGoal.body>, { organization }: User): string | undefined {
  if (body.scope === "organization") return organization?.id;
  return body.scope === "team" ? body.teamId : body.memberId;
}

function useSubjects(): readonly Subject[] {
  const user = useUser();
  const members = useAllMembers();
  const teams = useQuery(liveQuery(listTeams, {}, ["team", "member"])).data?.items ?? [];
  return goalSubjects(user, user.reach["analytics.read"], members, teams, user.organization ?? undefined);
}

function choiceOf({ id, name, detail, scope }: Subject): Parameters<typeof Combobox>[0]["choices"][number] {
  const mark =
    scope !== "member" ? (
      <Users size={14} aria-hidden="true" />
    ) : (
      <Avatar person={{ id, name }} size={20} isDecorative />
    );
  return { value: id, label: name, detail, mark };
}

/** A change can be taken back by setting the goal that was; a first goal stays, and can be changed. */
function sayDone(saved: Goal, before: Goal | undefined): void {
  const title = `${saved.subject.name} should reach ${formatMoney(saved.target, { style: "short" })} in ${formatMonth(saved.month)}`;
  if (before === undefined) {
    notify({ tone: "done", title });
    return;
  }
  notifyUndo(title, async () => {
    const { scope, subject, month } = saved;
    const { target, stretch } = before;
    const body = { ...whoOf(scope, subject.id), month, target, stretch, seenVersion: saved.version };
    await call(setGoal, { body: body as never });
    await invalidateEntities(["goal"]);
  });
}

function monthsFrom(thisMonth: string, shown: string): readonly string[] {
  const ahead = Array.from({ length: monthsAhead + 1 }, (_, index) => addMonths(thisMonth, index));
  return ahead.includes(shown) ? ahead : [shown, ...ahead];
}

type PrecedentProps = {
  readonly month: string;
  readonly subjectId: string | null;
  readonly before: Goal | undefined;
};

/** What is known about the number being typed: the goal it replaces, and how the month before went. */
function Precedent({ month, subjectId, before }: PrecedentProps): ReactElement | null {
  const last = goalOf(useQuery(goalsQuery(addMonths(month, -1))).data?.items, subjectId);
  if (subjectId === null) return null;
  return (
    <p className="tnum flex min-w-0 flex-1 basis-64 items-start gap-2 text-xs text-muted">
      <History size={14} className="mt-px flex-none" aria-hidden="true" />
      <span>
        {before !== undefined && `Replaces the goal of ${formatMoney(before.target, { style: "short" })}. `}
        {last === undefined || last.attainment === null
          ? `No goal in ${formatMonth(addMonths(month, -1))} to compare with.`
          : `In ${formatMonth(last.month)} ${last.subject.name} reached ${formatMoney(last.verified, { style: "short" })}, ${formatPercent(last.attainment)} of ${formatMoney(last.target, { style: "short" })}.`}
      </span>
    </p>
  );
}
