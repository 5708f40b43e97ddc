import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { CircleX, Trophy } from "lucide-react";
import { useLayoutEffect, useState, type KeyboardEvent, type PointerEvent, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatCount, formatCountOf, formatMoney, shareOf } from "#lib/format";
import { Button } from "#ui/button";
import { useCardWindow } from "./card-window.ts";
import { BoardCard } from "./board-card.tsx";
import type { BoardColumn, Place } from "./board-model.ts";
import type { Drag } from "./card-dragger.ts";
import type { BoardMoves } from "./use-board-moves.ts";
import { riskOf, warningOf } from "../opportunities/opportunity-risk.ts";
import { ClosingForm } from "../opportunities/closing-form.tsx";

/** The further along, the deeper: nine steps would be too many to tell apart. */
const depths = [
  "bg-[var(--viz-seq-3)]",
  "bg-[var(--viz-seq-4)]",
  "bg-[var(--viz-seq-5)]",
  "bg-[var(--viz-seq-6)]",
  "bg-[var(--viz-seq-7)]",
];

type ColumnProps = {
  readonly column: BoardColumn;
  /** Among the open ones. */
  readonly place: number;
  readonly moves: BoardMoves;
  readonly drag: Drag | null;
  readonly mayMove: boolean;
  readonly today: string;
  readonly now: Date;
  /** Of then is known what it was worth and whose it was, not what was planned. */
  readonly isPast: boolean;
  readonly stages: readonly Stage[];
  /** The card the Tab key reaches first. */
  readonly tabStopId: string | null;
  readonly more: { readonly hasMore: boolean; readonly isLoading: boolean; readonly loadMore: () => void };
  readonly onGrab: (card: OpportunityCard, event: PointerEvent) => void;
  readonly onOpen: (card: OpportunityCard) => void;
};

export function Column(props: ColumnProps): ReactElement {
  const { column, place, moves, drag } = props;
  const { stage, count } = column;
  const isTarget = (drag?.over?.stageId ?? moves.lift?.stageId) === stage.id;
  return (
    <section
      aria-label={`${stage.name}, ${formatCountOf(count, "opportunity", "opportunities")}`}
      data-stage={stage.id}
      className={cx(
        "flex min-h-0 min-w-52 flex-1 flex-col rounded-t-[11px] border border-b-0 border-transparent bg-sunken px-1.75 max-sm:w-76.5 max-sm:max-w-[86vw] max-sm:flex-none max-sm:snap-start",
        isTarget && "border-brand-line bg-selected",
      )}
    >
      <ColumnHead column={column} place={place} />
      <Cards {...props} slot={drag?.over?.stageId === stage.id ? drag.over : null} />
    </section>
  );
}

function ColumnHead({ column, place }: Pick<ColumnProps, "column" | "place">): ReactElement {
  const { stage, count, sums } = column;
  const fill = depths[Math.min(place, depths.length - 1)];
  return (
    <header className="tnum flex-none px-1">
      <span className="flex h-9 items-center gap-1.75">
        <span aria-hidden="true" className={cx("size-2 flex-none rounded-[3px]", fill)} />
        <h2 className="truncate text-[13px] font-semibold">{stage.name}</h2>
        <span className="text-subtle">{formatCount(count)}</span>
        <span className="ml-auto flex-none font-medium">
          {sums.map(({ amount }) => formatMoney(amount, { style: "compact" })).join(" + ")}
        </span>
      </span>
      <span className="flex h-6 items-center gap-2 pb-2 text-xs whitespace-nowrap text-subtle">
        <span aria-hidden="true" className="block h-1 flex-1 rounded-full bg-active">
          <span
            className={cx("block h-full rounded-full", fill)}
            style={{ width: `${sums[0] === undefined ? 0 : shareOf(sums[0].weighted, sums[0].amount) * 100}%` }}
          />
        </span>
        {sums.length > 0 && (
          <span>{sums.map(({ weighted }) => formatMoney(weighted, { style: "compact" })).join(" + ")} weighted</span>
        )}
      </span>
    </header>
  );
}

function Cards(props: ColumnProps & { readonly slot: Place | null }): ReactElement {
  const { column, moves, slot, more } = props;
  const { cards, stage } = column;
  const [list, setList] = useState<HTMLElement | null>(null);
  const view = useCardWindow(list, cards.length);
  const focusedAt = cards.findIndex(({ id }) => id === moves.focusedId);
  const { focusTurn } = moves;
  // Before the next key can come: a card that changes columns is drawn anew and would not hear it.
  useLayoutEffect(() => {
    if (focusTurn === 0 || focusedAt === -1) return;
    view.scrollTo(focusedAt);
    const focus = (): boolean => {
      const link = list?.querySelector<HTMLElement>(`[data-index="${focusedAt}"] h3 > a`);
      link?.focus();
      return link != null;
    };
    // A card further down is drawn with the frame after the scrolling.
    if (!focus()) requestAnimationFrame(focus);
    // oxlint-disable-next-line react/exhaustive-deps -- once for each turn: later drawings must not take the focus back
  }, [focusTurn]);

  return (
    <div ref={setList} className="scroll-area -mx-1.75 min-h-0 flex-1 px-1.75 pt-px">
      <ul className="[overflow-anchor:none]" style={{ paddingTop: view.before, paddingBottom: view.after }}>
        {slot?.afterId === null && <Slot />}
        {view.indexes.map((index) => {
          const card = cards[index];
          if (card === undefined) return null;
          return (
            <li key={card.id} ref={view.measure} data-index={index} className="pb-1.75">
              <PlacedCard {...props} card={card} />
              {slot?.afterId === card.id && <Slot />}
            </li>
          );
        })}
      </ul>
      {cards.length === 0 && slot === null && <p className="px-1 py-3 text-xs text-subtle">Nothing in {stage.name}.</p>}
      {more.hasMore && (
        <Button size="sm" className="mb-2 w-full" isLoading={more.isLoading} onClick={more.loadMore}>
          Show more
        </Button>
      )}
    </div>
  );
}

/** Where the dragged card would be put. */
function Slot(): ReactElement {
  return (
    <div
      aria-hidden="true"
      className="my-1.75 h-24 rounded-[9px] border-[1.5px] border-dashed border-brand-line first:mt-0"
    />
  );
}

function PlacedCard(props: ColumnProps & { readonly card: OpportunityCard }): ReactElement {
  const { card, column, moves, drag, mayMove, stages, today, now, tabStopId, isPast } = props;
  const state = drag?.card.id === card.id ? "ghost" : moves.lift?.card.id === card.id ? "lifted" : "resting";
  const closing = moves.closing?.card.id === card.id ? moves.closing : null;
  return (
    <BoardCard
      card={card}
      risk={isPast ? null : riskOf(card, column.stage.normDays, today, now)}
      warning={isPast ? null : warningOf(card)}
      isPast={isPast}
      state={state}
      isTabStop={card.id === tabStopId}
      mayMove={mayMove && closing === null}
      stages={stages}
      onFocus={() => moves.onFocus(card)}
      onKeyDown={(event: KeyboardEvent) => moves.onKeyDown(card, event)}
      onPointerDown={(event: PointerEvent) => props.onGrab(card, event)}
      onMove={(stage) => moves.onMove(card, stage)}
      onOpen={() => props.onOpen(card)}
    >
      {closing === null ? undefined : (
        <ClosingForm card={card} stage={closing.stage} onClose={moves.close} onCancel={moves.cancelClosing} />
      )}
    </BoardCard>
  );
}

type ClosedColumnProps = {
  readonly column: BoardColumn;
  readonly isTarget: boolean;
  /** Shows what stands in it, as a table. */
  readonly onShow: () => void;
};

/** Won and Lost stand aside: what is closed needs no room, only a place to be dropped. */
export function ClosedColumn({ column, isTarget, onShow }: ClosedColumnProps): ReactElement {
  const { stage, count, sums } = column;
  const isWon = stage.kind === "won";
  const Icon = isWon ? Trophy : CircleX;
  const sum = sums.map(({ amount }) => formatMoney(amount, { style: "compact" })).join(" + ");
  return (
    <section
      aria-label={stage.name}
      data-stage={stage.id}
      className={cx(
        "flex w-9 flex-none rounded-t-[11px] border border-b-0 border-transparent bg-sunken max-sm:snap-start",
        isTarget && "border-brand-line bg-selected",
      )}
    >
      <button
        type="button"
        onClick={onShow}
        className="tnum flex w-full items-center gap-2.25 rounded-t-[11px] py-3 text-xs whitespace-nowrap text-subtle -outline-offset-2 [writing-mode:vertical-rl] hover:bg-hover"
      >
        <Icon size={14} aria-hidden="true" className={cx("rotate-0", isWon ? "text-earn-fg" : "text-muted")} />
        <b className={cx("font-semibold", isWon ? "text-earn-fg" : "text-muted")}>{stage.name}</b>
        {formatCountOf(count, "opportunity", "opportunities")}
        {sum !== "" && `, ${sum}`}
      </button>
    </section>
  );
}
