import { getSettings, updateSettings, type Settings } from "@rainmaker/contracts/organization/members";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { cx } from "#lib/class-names";
import { useForm } from "#lib/form";
import { invalidateEntities, liveQuery, queryClient } from "#lib/query";
import { renewSession } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button } from "#ui/button";
import { Combobox } from "#ui/combobox";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { PageBody, PageHead } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { TextField } from "#ui/text-field";
import { currencyChoices, timeZoneChoices } from "./places.ts";

const settingsQuery = () => liveQuery(getSettings, {}, ["organization"]);

export function SettingsPage(): ReactElement {
  const query = useQuery(settingsQuery());
  return (
    <>
      <PageHead title="Settings" context="of the organisation" />
      <PageBody>
        <QueryView query={query} what="The settings" skeleton={<SkeletonLines lines={6} className="max-w-120" />}>
          {(settings) => <SettingsForm settings={settings} />}
        </QueryView>
      </PageBody>
    </>
  );
}

function SettingsForm({ settings }: { readonly settings: Settings }): ReactElement {
  const form = useForm({
    initial: valuesOf(settings),
    version: settings.version,
    schema: updateSettings.body,
    toBody: ({ currency, timeZone, quorum, ...values }) => ({
      ...values,
      quorum: quorum === null ? null : { amount: quorum, currency: settings.quorum?.currency ?? settings.currency },
      currency: currency ?? undefined,
      timeZone: timeZone ?? undefined,
    }),
    send: (body, seenVersion) => call(updateSettings, { body, seenVersion }),
    onDone: () => {
      void invalidateEntities(["organization"]);
      // The name, the currency and the zone travel with the session.
      void renewSession();
      notify({ tone: "done", title: "Saved the settings" });
    },
    words: { workdays: "Choose at least one working day" },
  });
  const reload = async (): Promise<void> => {
    const current = await queryClient.fetchQuery({ ...settingsQuery(), staleTime: 0 });
    form.reset(valuesOf(current), current.version);
  };
  const workdays = form.field("workdays");
  return (
    <form {...form.props} className="flex max-w-120 flex-col gap-5">
      <FormProblem problem={form.problem} onReload={() => void reload()} />
      <TextField label="Name" autoComplete="organization" {...form.field("name")} />
      <Combobox
        label="Currency"
        choices={currencyChoices()}
        hint="For amounts that name none, and for goals. What is recorded keeps its own."
        {...form.field("currency")}
      />
      <Combobox
        label="Time zone"
        choices={timeZoneChoices()}
        hint="Its calendar days count: for closing dates, months and streaks."
        {...form.field("timeZone")}
      />
      <MoneyField
        label="Two verifiers from"
        isOptional
        currency={settings.quorum?.currency ?? settings.currency}
        hint="Payments of this amount or more, and those in another currency, take two verifiers. Empty: one is enough."
        {...form.field("quorum")}
      />
      <Workdays value={workdays.value} onChange={workdays.onChange} error={workdays.error} />
      <Button
        type="submit"
        tone="primary"
        className="self-start"
        isLoading={form.isSending}
        disabledReason={form.isDirty ? undefined : "Nothing has been changed"}
      >
        Save
      </Button>
    </form>
  );
}

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

type WorkdaysProps = {
  readonly value: readonly number[];
  readonly onChange: (days: number[]) => void;
  readonly error: string | undefined;
};

/** Working weekdays, 1 for Monday. */
function Workdays({ value, onChange, error }: WorkdaysProps): ReactElement {
  const toggle = (day: number, isOn: boolean): void =>
    onChange([1, 2, 3, 4, 5, 6, 7].filter((one) => (one === day ? isOn : value.includes(one))));
  return (
    <fieldset aria-describedby="workdays-note">
      <legend className="pb-1.5 font-medium">Working days</legend>
      <div className="flex flex-wrap gap-1.5">
        {names.map((name, index) => (
          <label
            key={name}
            className="grid h-8 w-12 place-items-center rounded-[7px] border text-muted has-checked:border-brand-line has-checked:bg-brand-soft has-checked:font-medium has-checked:text-brand-fg has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-focus pointer-coarse:h-11"
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={value.includes(index + 1)}
              aria-invalid={error === undefined ? undefined : true}
              onChange={(event) => toggle(index + 1, event.target.checked)}
            />
            {name}
          </label>
        ))}
      </div>
      <p id="workdays-note" className={cx("pt-1.5 text-xs", error === undefined ? "text-subtle" : "text-danger-fg")}>
        {error ?? "Streaks and pace count these."}
      </p>
    </fieldset>
  );
}

type Values = {
  name: string;
  currency: string | null;
  timeZone: string | null;
  workdays: number[];
  quorum: string | null;
};

function valuesOf({ name, currency, timeZone, workdays, quorum }: Settings): Values {
  return { name, currency, timeZone, workdays, quorum: quorum?.amount ?? null };
}
