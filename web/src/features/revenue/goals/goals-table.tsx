import type { Goal } from "@rainmaker/contracts/revenue/goals";
import { Pencil, Users } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { PaceText } from "#features/analytics";
import { formatMoney, formatPercent } from "#lib/format";
import { Avatar } from "#ui/avatar";
import { Bar } from "#ui/bar";
import { IconButton } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { LiveFigure } from "#ui/live-figure";

type Workdays = { readonly elapsed: number; readonly total: number };

type GoalsTableProps = {
  readonly goals: readonly Goal[] | undefined;
  readonly workdays: Workdays | undefined;
  /** The goal that is being changed. */
  readonly currentId: string | undefined;
  /** For who may change goals. */
  readonly onChange: ((goal: Goal) => void) | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly empty: ReactNode;
};

const noDays: Workdays = { elapsed: 0, total: 0 };

/** A month's goals with what is verified towards each. */
export function GoalsTable(props: GoalsTableProps): ReactElement {
  const { goals, workdays = noDays, currentId, onChange, error, onRetry, empty } = props;
  return (
    <DataTable
      label="Goals"
      rows={goals}
      columns={columns(workdays, onChange)}
      keyOf={({ id }) => id}
      renderPhone={(goal) => <PhoneGoal goal={goal} workdays={workdays} onChange={onChange} />}
      currentKey={currentId}
      onOpen={onChange}
      rowHeight={54}
      error={error}
      onRetry={onRetry}
      empty={empty}
    />
  );
}

function columns(workdays: Workdays, onChange: GoalsTableProps["onChange"]): readonly Column<Goal>[] {
  const columnsForAll: readonly Column<Goal>[] = [
    { key: "goal", head: "Goal", render: (goal) => <Subject goal={goal} />, className: "w-full max-w-0" },
    {
      key: "progress",
      head: "Progress, pace today",
      render: (goal) => <Progress goal={goal} workdays={workdays} className="w-44" />,
      className: "max-lg:hidden",
    },
    {
      key: "reached",
      head: "Reached",
      align: "right",
      render: ({ verified }) => (
        <LiveFigure className="font-medium">{formatMoney(verified, { style: "short" })}</LiveFigure>
      ),
    },
    {
      key: "target",
      head: "Goal for the month",
      align: "right",
      render: ({ target, stretch }) => (
        <span className="flex flex-col leading-[17px] text-muted">
          of {formatMoney(target, { style: "short" })}
          {stretch !== null && (
            <span className="text-xs text-subtle">stretch {formatMoney(stretch, { style: "short" })}</span>
          )}
        </span>
      ),
    },
    {
      key: "share",
      head: "Share",
      align: "right",
      render: ({ attainment }) =>
        attainment === null ? "–" : <LiveFigure className="font-medium">{formatPercent(attainment)}</LiveFigure>,
    },
    {
      key: "pace",
      head: "Pace",
      render: (goal) => <Pace goal={goal} workdays={workdays} />,
      className: "max-md:hidden",
    },
  ];
  if (onChange === undefined) return columnsForAll;
  const change: Column<Goal> = {
    key: "change",
    head: "Change",
    isHeadHidden: true,
    render: (goal) => <ChangeButton goal={goal} onChange={onChange} />,
  };
  return [...columnsForAll, change];
}

function Subject({ goal: { scope, subject } }: { readonly goal: Goal }): ReactElement {
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      {scope !== "member" ? (
        <span
          aria-hidden="true"
          className="grid size-6 flex-none place-items-center rounded-full bg-brand-soft text-brand-fg"
        >
          <Users size={14} />
        </span>
      ) : (
        <Avatar person={subject} isDecorative />
      )}
      <span className="flex min-w-0 flex-col leading-[17px]">
        <span className="truncate font-medium">{subject.name}</span>
        <span className="truncate text-xs text-subtle">
          verified revenue{scope === "team" ? " of the team" : scope === "organization" && " of everybody"}
        </span>
      </span>
    </span>
  );
}

type ProgressProps = { readonly goal: Goal; readonly workdays: Workdays; readonly className?: string };

function Progress({ goal: { attainment }, workdays: { elapsed, total }, className }: ProgressProps): ReactElement {
  const share = Number(attainment ?? 0);
  const isRunning = elapsed > 0 && elapsed < total;
  return (
    <Bar
      share={share}
      tone={share >= 1 ? "earn" : "brand"}
      {...(isRunning && { pace: elapsed / total })}
      className={className}
    />
  );
}

function Pace({ goal: { attainment }, workdays }: ProgressProps): ReactElement | null {
  return attainment === null ? null : <PaceText ratio={attainment} workdays={workdays} />;
}

type ChangeProps = { readonly goal: Goal; readonly onChange: (goal: Goal) => void };

function ChangeButton({ goal, onChange }: ChangeProps): ReactElement {
  return (
    <IconButton
      icon={Pencil}
      iconSize={14}
      size="xs"
      label={`Change the goal of ${goal.subject.name}`}
      onClick={() => onChange(goal)}
    />
  );
}

type PhoneGoalProps = Pick<ProgressProps, "goal" | "workdays"> & Pick<GoalsTableProps, "onChange">;

function PhoneGoal({ goal, workdays, onChange }: PhoneGoalProps): ReactElement {
  const { verified, target, attainment } = goal;
  return (
    <span className="flex flex-col gap-2 py-1">
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1">
          <Subject goal={goal} />
        </span>
        <span className="tnum text-right leading-[17px]">
          <span className="block font-medium">{attainment === null ? "–" : formatPercent(attainment)}</span>
          <span className="block text-xs text-subtle">
            {formatMoney(verified, { style: "compact" })} of {formatMoney(target, { style: "compact" })}
          </span>
        </span>
        {onChange !== undefined && <ChangeButton goal={goal} onChange={onChange} />}
      </span>
      <Progress goal={goal} workdays={workdays} />
      <span className="text-xs">
        <Pace goal={goal} workdays={workdays} />
      </span>
    </span>
  );
}
