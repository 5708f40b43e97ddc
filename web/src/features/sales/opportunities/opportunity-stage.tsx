import type { Pipeline, Stage } from "@rainmaker/contracts/sales/pipelines";
import { ArrowRightLeft } from "lucide-react";
import { useRef, useState, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { useKey } from "#lib/keys";
import { useCan } from "#lib/session";
import { Button } from "#ui/button";
import { Menu, MenuItem } from "#ui/menu";
import { ClosingForm } from "./closing-form.tsx";
import { moveAndTell, moveOrThrow, usePendingMoves, type ClosingFacts } from "./move.ts";
import { asksFirst, closedWay } from "./stage-entry.ts";
import { stageVerbs } from "./opportunity-words.ts";
import { StagePath } from "./stage-path.tsx";
import type { OpportunityDetail } from "./use-opportunity.ts";

type StageRowProps = { readonly opportunity: OpportunityDetail; readonly pipeline: Pipeline };

/** Where it stands, and everything that moves it: the path, the button to the next stage, Shift with arrows, S. */
export function OpportunityStage({ opportunity, pipeline }: StageRowProps): ReactElement {
  const mayMove = useCan("opportunity.edit");
  const pending = usePendingMoves().findLast(({ card }) => card.id === opportunity.id);
  const [closing, setClosing] = useState<Stage | null>(null);
  const row = useRef<HTMLDivElement>(null);
  const current = pipeline.stages.find(({ id }) => id === (pending?.stageId ?? opportunity.stage.id)) ?? null;
  const { path, next, before } = waysFrom(pipeline.stages, current);

  const from = { stage: opportunity.stage };
  const go = (stage: Stage): void => {
    if (asksFirst(opportunity, stage)) setClosing(stage);
    else void moveAndTell({ card: opportunity, to: stage, from });
  };
  const close = async (facts: ClosingFacts): Promise<void> => {
    if (closing === null) return;
    await moveOrThrow({ card: opportunity, to: closing, facts, from });
    setClosing(null);
  };
  const cancel = (): void => {
    flushSync(() => setClosing(null));
    row.current?.querySelector<HTMLElement>("[data-move]")?.focus();
  };
  useKey("shift+arrowright", "To the next stage", () => next !== undefined && go(next), {
    isActive: mayMove && next !== undefined,
  });
  useKey("shift+arrowleft", "Back to the stage before", () => before !== undefined && go(before), {
    isActive: mayMove && before !== undefined,
  });
  // A menu opens by itself only when it is made.
  const [menuTurn, setMenuTurn] = useState(0);
  useKey("s", "Move to a stage", () => setMenuTurn((turn) => turn + 1), { isActive: mayMove });

  return (
    <div className="flex-none border-b border-line-subtle px-5 pb-3.5 max-sm:px-4 max-sm:pb-3">
      <div ref={row} className="flex items-center gap-3 max-sm:flex-wrap">
        {current !== null && (
          <StagePath
            stages={path}
            current={current}
            secondsIn={secondsIn(opportunity)}
            onMove={mayMove ? go : undefined}
          />
        )}
        {mayMove && (
          <span className="flex flex-none items-center gap-2 max-sm:w-full max-sm:[&>*]:h-11 max-sm:[&>*]:flex-1">
            {next !== undefined && (
              <Button size="sm" shortcut="shift+arrowright" onClick={() => go(next)}>
                {stageVerbs[next.kind](next.name)}
              </Button>
            )}
            <MoveMenu
              key={menuTurn}
              isOpenAtOnce={menuTurn > 0}
              stages={pipeline.stages}
              current={current ?? undefined}
              onMove={go}
            />
          </span>
        )}
      </div>
      {closing !== null && (
        <div className="mt-3 max-w-90 rounded-lg border bg-sunken p-3">
          <ClosingForm card={opportunity} stage={closing} onClose={close} onCancel={cancel} />
        </div>
      )}
    </div>
  );
}

type MoveMenuProps = {
  readonly stages: readonly Stage[];
  readonly current: Stage | undefined;
  readonly isOpenAtOnce: boolean;
  readonly onMove: (stage: Stage) => void;
};

function MoveMenu({ stages, current, isOpenAtOnce, onMove }: MoveMenuProps): ReactElement {
  const trigger = (
    <Button size="sm" icon={ArrowRightLeft} shortcut="s" data-move="">
      Move
    </Button>
  );
  return (
    <Menu trigger={trigger} align="end" isOpenAtOnce={isOpenAtOnce}>
      {stages.map((stage) => (
        <MenuItem
          key={stage.id}
          disabled={stage.id === current?.id || closedWay(current, stage, stages) !== null}
          onSelect={() => onMove(stage)}
        >
          {stageVerbs[stage.kind](stage.name)}
        </MenuItem>
      ))}
    </Menu>
  );
}

type Ways = { readonly path: readonly Stage[]; readonly next: Stage | undefined; readonly before: Stage | undefined };

/** The path it is on, and the stages beside the one it is in. */
function waysFrom(stages: readonly Stage[], current: Stage | null): Ways {
  const end = current?.kind === "lost" ? "lost" : "won";
  const path = stages.filter(({ kind }) => kind === "open" || kind === end);
  const at = path.findIndex(({ id }) => id === current?.id);
  return { path, next: at === -1 ? undefined : path[at + 1], before: path[at - 1] };
}

function secondsIn({ path }: OpportunityDetail): (stage: Stage) => number | undefined {
  return ({ id }) => {
    const visits = path.filter(({ stageId }) => stageId === id);
    return visits.length === 0 ? undefined : visits.reduce((sum, { seconds }) => sum + seconds, 0);
  };
}
