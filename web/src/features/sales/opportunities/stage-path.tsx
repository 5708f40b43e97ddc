import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { Check, CircleX, Trophy } from "lucide-react";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatDuration } from "#lib/format";

type StagePathProps = {
  /** Open stages and Won, in their order; Lost instead of Won for what is lost. */
  readonly stages: readonly Stage[];
  readonly current: OpportunityCard["stage"];
  readonly secondsIn: (stage: Stage) => number | undefined;
  /** Undefined for those who may not move it. */
  readonly onMove: ((stage: Stage) => void) | undefined;
};

/** How far it has come, and how long each stage took. A click moves it there. */
export function StagePath({ stages, current, secondsIn, onMove }: StagePathProps): ReactElement {
  const at = stages.findIndex(({ id }) => id === current.id);
  return (
    <ol aria-label="Stages" className="flex min-w-0 flex-1 gap-0.75">
      {stages.map((stage, index) => (
        <Step
          key={stage.id}
          stage={stage}
          state={index < at ? "done" : index === at ? "current" : "ahead"}
          place={index === 0 ? "first" : index === stages.length - 1 ? "last" : "middle"}
          seconds={secondsIn(stage)}
          onMove={onMove}
        />
      ))}
    </ol>
  );
}

type StepProps = {
  readonly stage: Stage;
  readonly state: "done" | "current" | "ahead";
  readonly place: "first" | "middle" | "last";
  readonly seconds: number | undefined;
  readonly onMove: StagePathProps["onMove"];
};

const shapes = {
  first: "rounded-l-md pl-3 [clip-path:polygon(0_0,calc(100%-9px)_0,100%_50%,calc(100%-9px)_100%,0_100%)] max-sm:pl-2",
  middle: "pl-4.75 [clip-path:polygon(0_0,calc(100%-9px)_0,100%_50%,calc(100%-9px)_100%,0_100%,9px_50%)] max-sm:pl-3",
  last: "rounded-r-md pl-4.75 [clip-path:polygon(0_0,100%_0,100%_100%,0_100%,9px_50%)] max-sm:pl-3",
} as const;

function Step({ stage, state, place, seconds, onMove }: StepProps): ReactElement {
  const isCurrent = state === "current";
  const look = cx(
    "flex h-8.5 w-full min-w-0 items-center justify-between gap-2 pr-3.5 text-[12.5px] font-medium whitespace-nowrap pointer-coarse:h-11 max-sm:pr-0.5",
    shapes[place],
    toneOf(stage, state),
  );
  const content = (
    <>
      <span className={cx("flex min-w-0 items-center gap-1.25", !isCurrent && "max-sm:[&>span]:sr-only")}>
        <Mark stage={stage} state={state} />
        <span className="truncate">{stage.name}</span>
      </span>
      {seconds !== undefined && state !== "ahead" && (
        <span className="tnum text-2xs font-normal max-lg:hidden">
          {formatDuration(seconds * 1000)}
          {isCurrent && stage.normDays !== null && `, norm ${stage.normDays}`}
        </span>
      )}
    </>
  );
  return (
    <li
      aria-current={isCurrent ? "step" : undefined}
      className={cx("min-w-0", "flex-auto", isCurrent ? "max-sm:flex-[2.6]" : "max-sm:flex-[.7]")}
    >
      {isCurrent || onMove === undefined ? (
        <span className={look}>
          <span className="sr-only">{state === "done" && "Passed: "}</span>
          {content}
        </span>
      ) : (
        <button
          type="button"
          onClick={() => onMove(stage)}
          data-tip={`Move to ${stage.name}`}
          className={cx(look, "-outline-offset-4 hover:brightness-95 dark:hover:brightness-125")}
        >
          <span className="sr-only">Move to </span>
          {content}
        </button>
      )}
    </li>
  );
}

function toneOf({ kind }: Stage, state: StepProps["state"]): string {
  if (state === "done") return "bg-brand-soft text-brand-fg";
  if (state === "ahead") return "bg-active text-muted";
  if (kind === "won") return "bg-earn-soft text-earn-fg";
  return kind === "lost" ? "bg-danger-soft text-danger-fg" : "bg-brand text-on-brand";
}

function Mark({ stage, state }: Pick<StepProps, "stage" | "state">): ReactElement | null {
  const Icon = stage.kind === "won" ? Trophy : stage.kind === "lost" ? CircleX : state === "done" ? Check : null;
  return Icon === null ? null : <Icon size={12} aria-hidden="true" className="flex-none" />;
}
