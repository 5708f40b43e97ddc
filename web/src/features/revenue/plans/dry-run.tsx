import type { Simulation } from "@rainmaker/contracts/revenue/plans";
import { Check, Play, TriangleAlert } from "lucide-react";
import { Fragment, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatCountOf, formatMoney, formatMonth, formatPercent, signOf } from "#lib/format";
import { useKey } from "#lib/keys";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import type { PlanActs } from "./use-plans.ts";

type DryRunProps = { readonly acts: PlanActs; readonly isDirty: boolean };

/** What the version would have paid for the last three months, person by person, beside what was paid. */
export function DryRun({ acts, isDirty }: DryRunProps): ReactElement {
  const { simulation, busy } = acts;
  const start = (): void => void acts.simulate();
  useKey("r", "Dry run", start, { isActive: !isDirty });
  const run = (
    <Button
      size="sm"
      icon={Play}
      shortcut="r"
      isLoading={busy === "simulate"}
      onClick={start}
      {...(isDirty && { disabledReason: "Save the draft first" })}
    >
      Dry run
    </Button>
  );
  if (simulation === null) {
    return (
      <EmptyState icon={Play} title="What would it have cost?" actions={run}>
        The verified payments of the last three months, paid by this version: person by person, beside what they were
        paid.
      </EmptyState>
    );
  }
  const [first, , last] = simulation.months;
  return (
    <section aria-labelledby="dry-run" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="dry-run" className="font-semibold">
          Dry run, {formatMonth(first ?? "")} to {formatMonth(last ?? "")}
        </h2>
        {simulation.reproduces ? (
          <Badge tone="success" icon={Check}>
            Today's rules reproduced to the cent
          </Badge>
        ) : (
          <Badge tone="warning" icon={TriangleAlert}>
            Differs from the ledger: refunds or other plans
          </Badge>
        )}
        <span className="ml-auto">{run}</span>
      </div>
      <Totals simulation={simulation} />
      <PeopleTable simulation={simulation} />
      {simulation.withoutRate > 0 && (
        <p className="text-xs text-muted">
          {formatCountOf(simulation.withoutRate, "payment")} left out: there is no exchange rate for their day.
        </p>
      )}
    </section>
  );
}

function Totals({ simulation: { totals, people } }: { readonly simulation: Simulation }): ReactElement {
  const count = (sign: number): number => people.filter(({ change }) => signOf(change) === sign).length;
  return (
    <dl className="flex flex-wrap gap-5">
      {totals.map(({ next, change }) => (
        <Fragment key={next.currency}>
          <Fact label="Cost" value={formatMoney(next, { style: "short" })} />
          <Fact label="Change" value={formatMoney(change, { style: "short", signed: true })} />
        </Fragment>
      ))}
      <Fact label="People" value={`${count(1)} up, ${count(-1)} down, ${count(0)} same`} isText />
    </dl>
  );
}

function Fact({
  label,
  value,
  isText = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly isText?: boolean;
}): ReactElement {
  return (
    <div>
      <dt className="text-xs text-subtle">{label}</dt>
      <dd className={cx("tnum font-semibold", isText ? "leading-7" : "text-xl")}>{value}</dd>
    </div>
  );
}

function PeopleTable({ simulation: { people } }: { readonly simulation: Simulation }): ReactElement {
  const hasQuotas = people.some(({ attainment }) => attainment !== null);
  if (people.length === 0)
    return <p className="text-muted">Nobody on this plan had a verified payment in these months.</p>;
  return (
    <div className="overflow-clip rounded-lg border bg-surface">
      <table className="tnum w-full text-sm">
        <thead className="text-xs text-subtle">
          <tr className="[&>th]:px-2 [&>th]:py-2 [&>th]:font-medium">
            <th className="text-left">Person</th>
            {hasQuotas && <th className="text-right">Quota</th>}
            <th className="text-right">Now</th>
            <th className="text-right">Then</th>
            <th className="text-right">Change</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ member, attainment, current, next, change }) => (
            <tr key={`${member.id} ${change.currency}`} className="border-t border-line-subtle [&>td]:px-2 [&>td]:py-2">
              <td className="flex items-center gap-2">
                <Avatar person={member} size={20} isDecorative />
                <span className="truncate">{member.name}</span>
              </td>
              {hasQuotas && (
                <td className="text-right text-muted">{attainment === null ? "–" : formatPercent(attainment)}</td>
              )}
              <td className="text-right text-muted">{formatMoney(current, { bare: true, style: "short" })}</td>
              <td className="text-right">{formatMoney(next, { bare: true, style: "short" })}</td>
              <td className={cx("text-right font-medium", tones[signOf(change) + 1])}>
                {formatMoney(change, { bare: true, signed: true, style: "short" })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Less, the same, more. */
const tones = ["text-warning-fg", "text-muted", "text-success-fg"];
