import type { PipelineId, StageId } from "@rainmaker/contracts/ids";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { useCallback, useEffect, useState, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Column, ClosedColumn } from "./board-column.tsx";
import { CardFace, cardLook } from "./board-card.tsx";
import type { BoardColumn } from "./board-model.ts";
import type { Drag } from "./card-dragger.ts";
import { MoveBar } from "./move-bar.tsx";
import type { PipelineSearch } from "./search.ts";
import { useBoardMoves } from "./use-board-moves.ts";
import { useCardDrag, type CardDrag } from "./use-card-drag.ts";
import { useColumnPages } from "./use-board.ts";
import { useNow, useToday } from "../opportunities/use-today.ts";

type Cards = readonly OpportunityCard[];

type BoardProps = {
  readonly pipelineId: PipelineId;
  readonly search: PipelineSearch;
  readonly read: readonly BoardColumn[];
  readonly mayMove: boolean;
  readonly onOpen: (card: OpportunityCard, among: readonly OpportunityCard[]) => void;
  readonly onShowStage: (stageId: StageId) => void;
};

/** Stages as columns. Space lifts a card, arrows move it, Enter drops it; dragging and each card's menu do the same. */
export function Board({ pipelineId, search, read, mayMove, onOpen, onShowStage }: BoardProps): ReactElement {
  const { full, onRead } = useFurther(read);
  const moves = useBoardMoves(full, mayMove);
  const { columns } = moves;
  const [board, setBoard] = useState<HTMLElement | null>(null);
  const { drag, copy, grab } = useCardDrag(board, moves.onDrop);
  const stages = columns.map(({ stage }) => stage);
  const open = columns.filter(({ stage }) => stage.kind === "open");
  const tabStopId = tabStopOf(open, moves.focusedId);
  const over = drag?.over ?? moves.lift;
  const today = useToday();
  const now = useNow();

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={setBoard}
        className={cx(
          "scroll-area flex min-h-0 flex-1 gap-2.25 px-3.5 pt-2.5 max-sm:scroll-px-4 max-sm:gap-2.5 max-sm:px-4",
          drag === null && "max-sm:snap-x max-sm:snap-mandatory",
        )}
      >
        {read.map((first, index) => {
          const column = columns[index] ?? first;
          if (column.stage.kind !== "open") {
            return (
              <ClosedColumn
                key={column.stage.id}
                column={column}
                isTarget={over?.stageId === column.stage.id}
                onShow={() => onShowStage(column.stage.id)}
              />
            );
          }
          return (
            <PagedColumn
              // Other filters, other pages.
              key={`${column.stage.id} ${JSON.stringify(search)}`}
              isPast={search.asOf !== undefined}
              {...{ first, pipelineId, search, onRead, column, moves, drag, mayMove, today, now, stages, tabStopId }}
              place={open.indexOf(column)}
              onGrab={grab}
              onOpen={(card) =>
                onOpen(
                  card,
                  open.flatMap(({ cards }) => cards),
                )
              }
            />
          );
        })}
      </div>
      {drag !== null && <Copy drag={drag} frame={copy} />}
      <MoveBar columns={columns} drag={drag} lift={moves.lift} />
    </div>
  );
}

/** The card the Tab key reaches: the one that had the focus, else the first. */
function tabStopOf(open: readonly BoardColumn[], focusedId: string | null): string | null {
  const cards = open.flatMap((column) => column.cards);
  return cards.find(({ id }) => id === focusedId)?.id ?? cards[0]?.id ?? null;
}

type Further = {
  readonly full: readonly BoardColumn[];
  readonly onRead: (stageId: StageId, cards: Cards | undefined) => void;
};

/** The columns with all cards that were read of them. */
function useFurther(read: readonly BoardColumn[]): Further {
  // What was read beyond a column's first cards.
  const [further, setFurther] = useState<ReadonlyMap<StageId, Cards>>(new Map());
  const onRead = useCallback((stageId: StageId, cards: Cards | undefined) => {
    setFurther((before) => {
      if (before.get(stageId) === cards) return before;
      const next = new Map(before);
      if (cards === undefined) next.delete(stageId);
      else next.set(stageId, cards);
      return next;
    });
  }, []);
  const full = read.map((column) => ({ ...column, cards: [...(further.get(column.stage.id) ?? column.cards)] }));
  return { full, onRead };
}

type PagedColumnProps = Omit<Parameters<typeof Column>[0], "more"> & {
  readonly first: BoardColumn;
  readonly pipelineId: PipelineId;
  readonly search: PipelineSearch;
  readonly onRead: (stageId: StageId, cards: Cards | undefined) => void;
};

function PagedColumn({ first, pipelineId, search, onRead, ...props }: PagedColumnProps): ReactElement {
  const pages = useColumnPages(first, pipelineId, search);
  const { read } = pages;
  const stageId = first.stage.id;
  useEffect(() => {
    onRead(stageId, read);
    return () => onRead(stageId, undefined);
  }, [onRead, stageId, read]);
  return <Column {...props} more={pages} />;
}

function Copy({ drag, frame }: { readonly drag: Drag; readonly frame: CardDrag["copy"] }): ReactElement {
  const { card, width } = drag;
  return (
    <div
      ref={frame}
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-(--z-tooltip)"
      style={{ width }}
    >
      <div
        className={cx(
          cardLook,
          "-rotate-[1.6deg] border-brand shadow-lg outline-2 outline-offset-1 outline-focus motion-reduce:rotate-0",
        )}
      >
        <CardFace card={card} risk={null} title={<span className="leading-4.5 font-medium">{card.title}</span>} />
      </div>
    </div>
  );
}
