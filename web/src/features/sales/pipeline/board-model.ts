import type { OpportunityId, StageId } from "@rainmaker/contracts/ids";
import { parseAmount, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { BoardColumn as Contract, StageSum } from "@rainmaker/contracts/sales/board";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import type * as z from "zod/mini";

export type BoardColumn = z.output<typeof Contract>;
type Sum = z.output<typeof StageSum>;

/** Where a card is put: a stage, and the card right above it; null for the top. */
export type Place = { readonly stageId: StageId; readonly afterId: OpportunityId | null };

/** A move that is shown before the server's figures know of it. */
export type PendingMove = Place & { readonly card: OpportunityCard };

/** The board as it will be. Once the server's answer has a move, showing it again changes nothing. */
export function withMoves(columns: readonly BoardColumn[], moves: readonly PendingMove[]): readonly BoardColumn[] {
  return moves.reduce(withMove, columns);
}

function withMove(columns: readonly BoardColumn[], move: PendingMove): readonly BoardColumn[] {
  const target = columns.find(({ stage }) => stage.id === move.stageId);
  if (target === undefined) return columns;
  const shown = columns.find(({ cards }) => cards.some(({ id }) => id === move.card.id));
  // Won and lost columns list no cards: what stands in none of the columns is there, or on its way out of there.
  const source = shown ?? (target.stage.kind === "open" ? columnOf(columns, move.card.stage.id) : target);
  return columns.map((column) => {
    const counted = source === target ? column : withCount(column, move.card, source, target);
    return { ...counted, cards: cardsAfter(counted, move) };
  });
}

function columnOf(columns: readonly BoardColumn[], stageId: StageId): BoardColumn | undefined {
  return columns.find(({ stage }) => stage.id === stageId);
}

function withCount(
  column: BoardColumn,
  card: OpportunityCard,
  source: BoardColumn | undefined,
  target: BoardColumn,
): BoardColumn {
  const sign = column.stage.id === target.stage.id ? 1 : column.stage.id === source?.stage.id ? -1 : 0;
  if (sign === 0) return column;
  const { count, sums, stage } = column;
  return { ...column, count: Math.max(0, count + sign), sums: addTo(sums, card.amount, BigInt(sign), stage) };
}

/** Sums per currency with one value more or less; weights are cut as the server cuts them. */
function addTo(sums: readonly Sum[], value: WireMoney | null, sign: bigint, { probability }: Stage): Sum[] {
  if (value === null) return [...sums];
  const { currency } = value;
  const before = sums.find((sum) => sum.currency === currency);
  const minor = minorOf(before?.amount) + sign * minorOf(value);
  const after = {
    currency,
    amount: toWire(minor, currency),
    weighted: toWire((minor * BigInt(probability)) / 100n, currency),
  };
  return before === undefined ? [...sums, after] : sums.map((sum) => (sum === before ? after : sum));
}

function minorOf(money: WireMoney | undefined): bigint {
  const minor = money === undefined ? 0n : parseAmount(money.amount, money.currency);
  return typeof minor === "bigint" ? minor : 0n;
}

function cardsAfter({ stage, cards }: BoardColumn, { card, stageId, afterId }: PendingMove): OpportunityCard[] {
  const others = cards.filter(({ id }) => id !== card.id);
  if (stage.id !== stageId || stage.kind !== "open") return others;
  const { id, name, kind, probability } = stage;
  const isNew = card.stage.id !== id;
  const moved = {
    ...card,
    stage: { id, name, kind, probability },
    ...(isNew && { stageSince: card.updatedAt, freshness: null }),
  };
  const above = afterId === null ? -1 : others.findIndex((other) => other.id === afterId);
  // The card above may be further down than what has been read: then this one is at the end of what is shown.
  const at = afterId !== null && above === -1 ? others.length : above + 1;
  return others.toSpliced(at, 0, moved);
}

/** Where a card is shown, null where it is in no column. */
export function placeOf(columns: readonly BoardColumn[], cardId: string): (Place & { readonly index: number }) | null {
  for (const { stage, cards } of columns) {
    const index = cards.findIndex(({ id }) => id === cardId);
    if (index !== -1) return { stageId: stage.id, afterId: cards[index - 1]?.id ?? null, index };
  }
  return null;
}

type Arrow = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

/** A card that is being moved by keyboard: `index` counts among the others of the column it is over. */
export type Lift = { readonly card: OpportunityCard; readonly stageId: StageId; readonly index: number };

/** Where the next arrow takes a lifted card; the same lift at an edge. */
export function liftAfter(columns: readonly BoardColumn[], lift: Lift, arrow: Arrow): Lift {
  const at = columns.findIndex(({ stage }) => stage.id === lift.stageId);
  const countIn = (column: BoardColumn | undefined): number =>
    column?.cards.filter(({ id }) => id !== lift.card.id).length ?? 0;
  if (arrow === "ArrowUp") return { ...lift, index: Math.max(0, lift.index - 1) };
  if (arrow === "ArrowDown") return { ...lift, index: Math.min(countIn(columns[at]), lift.index + 1) };
  const target = columns[arrow === "ArrowLeft" ? at - 1 : at + 1];
  return target === undefined
    ? lift
    : { ...lift, stageId: target.stage.id, index: Math.min(lift.index, countIn(target)) };
}

/** Where a lifted card would be put. */
export function placeOfLift(columns: readonly BoardColumn[], { card, stageId, index }: Lift): Place {
  const others = columnOf(columns, stageId)?.cards.filter(({ id }) => id !== card.id) ?? [];
  return { stageId, afterId: others[index - 1]?.id ?? null };
}

/** The card an arrow leads to from this one, null where there is none that way. */
export function neighbourOf(columns: readonly BoardColumn[], cardId: string, arrow: Arrow): OpportunityId | null {
  const place = placeOf(columns, cardId);
  if (place === null) return null;
  const at = columns.findIndex(({ stage }) => stage.id === place.stageId);
  if (arrow === "ArrowUp") return place.afterId;
  if (arrow === "ArrowDown") return columns[at]?.cards[place.index + 1]?.id ?? null;
  const beyond = arrow === "ArrowLeft" ? columns.slice(0, at).toReversed() : columns.slice(at + 1);
  const cards = beyond.find((column) => column.cards.length > 0)?.cards;
  return cards?.[Math.min(place.index, cards.length - 1)]?.id ?? null;
}

/** What the columns of open stages add up to, by currency. */
export function totalOf(columns: readonly BoardColumn[]): { readonly count: number; readonly sums: readonly Sum[] } {
  const open = columns.filter(({ stage }) => stage.kind === "open");
  const byCurrency = new Map<string, { amount: bigint; weighted: bigint }>();
  for (const { currency, amount, weighted } of open.flatMap(({ sums }) => sums)) {
    const before = byCurrency.get(currency) ?? { amount: 0n, weighted: 0n };
    byCurrency.set(currency, {
      amount: before.amount + minorOf(amount),
      weighted: before.weighted + minorOf(weighted),
    });
  }
  return {
    count: open.reduce((sum, { count }) => sum + count, 0),
    sums: [...byCurrency].map(([currency, { amount, weighted }]) => ({
      currency,
      amount: toWire(amount, currency),
      weighted: toWire(weighted, currency),
    })),
  };
}
