import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { describe, expect, test } from "vitest";
import {
  liftAfter,
  neighbourOf,
  placeOf,
  placeOfLift,
  totalOf,
  withMoves,
  type BoardColumn,
  type PendingMove,
} from "./board-model.ts";

const kinds = { a: "open", b: "open", c: "open", won: "won" } as const;
type Name = keyof typeof kinds;
const chances = { a: 15, b: 30, c: 60, won: 100 };

function card(id: string, stage: Name, amount: string | null = "100.00"): OpportunityCard {
  return {
    id,
    stage: { id: stage, name: stage, kind: kinds[stage], probability: chances[stage] },
    stageSince: "2026-11-01T00:00:00.000Z",
    updatedAt: "2026-11-19T00:00:00.000Z",
    amount: amount === null ? null : { amount, currency: "USD" },
  } as unknown as OpportunityCard;
}

function column(name: Name, ids: readonly string[], count = ids.length): BoardColumn {
  const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: "USD" });
  const amount = count * 100;
  return {
    stage: { id: name, name, kind: kinds[name], position: 0, probability: chances[name], normDays: null },
    count,
    sums:
      count === 0
        ? []
        : [{ currency: "USD", amount: usd(`${amount}.00`), weighted: usd(`${(amount * chances[name]) / 100}.00`) }],
    cards: ids.map((id) => card(id, name)),
    nextCursor: null,
  } as unknown as BoardColumn;
}

const board = [column("a", ["1", "2", "3"]), column("b", ["4"]), column("c", []), column("won", [], 7)];
const move = (id: string, from: Name, stageId: Name, afterId: string | null): PendingMove =>
  ({ card: card(id, from), stageId, afterId }) as unknown as PendingMove;
const ids = (columns: readonly BoardColumn[]): string[][] => columns.map(({ cards }) => cards.map(({ id }) => id));
const heads = (columns: readonly BoardColumn[]): unknown[] =>
  columns.map(({ count, sums }) => [count, sums[0]?.amount.amount, sums[0]?.weighted.amount]);

describe("withMoves", () => {
  test("takes the card and its figures from one column to the other", () => {
    const after = withMoves(board, [move("2", "a", "b", "4")]);
    expect(ids(after)).toEqual([["1", "3"], ["4", "2"], [], []]);
    expect(heads(after)).toEqual([
      [2, "200.00", "30.00"],
      [2, "200.00", "60.00"],
      [0, undefined, undefined],
      [7, "700.00", "700.00"],
    ]);
    expect(after[1]?.cards[1]?.stage).toMatchObject({ id: "b", probability: 30 });
  });

  test("changes nothing once the server's figures have it", () => {
    const pending = move("2", "a", "b", "4");
    const once = withMoves(board, [pending]);
    expect(withMoves(once, [pending])).toEqual(once);
  });

  test("changes nothing where a win is in the server's figures already", () => {
    const pending = move("2", "a", "won", null);
    const once = withMoves(board, [pending]);
    expect(heads(once)[3]).toEqual([8, "800.00", "800.00"]);
    expect(withMoves(once, [pending])).toEqual(once);
  });

  test("moves within a column without touching its figures", () => {
    const after = withMoves(board, [move("3", "a", "a", null)]);
    expect(ids(after)[0]).toEqual(["3", "1", "2"]);
    expect(heads(after)).toEqual(heads(board));
  });

  test("brings back what was won: it stood in no column", () => {
    const after = withMoves(board, [move("9", "won", "c", null)]);
    expect(ids(after)[2]).toEqual(["9"]);
    expect(heads(after)[3]).toEqual([6, "600.00", "600.00"]);
    expect(withMoves(after, [move("9", "won", "c", null)])).toEqual(after);
  });

  test("puts it at the end where the card above has not been read", () => {
    expect(ids(withMoves(board, [move("4", "b", "a", "unread")]))[0]).toEqual(["1", "2", "3", "4"]);
  });

  test("counts a card without a value and adds nothing for it", () => {
    const blank = { ...move("4", "b", "c", null), card: card("4", "b", null) } as PendingMove;
    const after = withMoves(board, [blank]);
    expect(heads(after)[2]).toEqual([1, undefined, undefined]);
  });
});

describe("moving by keyboard", () => {
  const lift = { card: card("2", "a"), stageId: "a", index: 1 } as never;

  test("goes up and down among the others, and stops at the ends", () => {
    const up = liftAfter(board, lift, "ArrowUp");
    expect(placeOfLift(board, up).afterId).toBeNull();
    expect(liftAfter(board, up, "ArrowUp")).toEqual(up);
    const down = liftAfter(board, lift, "ArrowDown");
    expect(placeOfLift(board, down).afterId).toBe("3");
    expect(liftAfter(board, down, "ArrowDown")).toEqual(down);
  });

  test("goes to the next stage, no lower than its end, and not beyond the last", () => {
    const low = liftAfter(board, lift, "ArrowDown");
    const right = liftAfter(board, low, "ArrowRight");
    expect(placeOfLift(board, right)).toEqual({ stageId: "b", afterId: "4" });
    const last = liftAfter(board, liftAfter(board, right, "ArrowRight"), "ArrowRight");
    expect(last.stageId).toBe("won");
    expect(liftAfter(board, last, "ArrowRight")).toEqual(last);
  });
});

test("arrows lead from card to card, across empty columns", () => {
  expect(neighbourOf(board, "1", "ArrowDown")).toBe("2");
  expect(neighbourOf(board, "1", "ArrowUp")).toBeNull();
  expect(neighbourOf(board, "3", "ArrowRight")).toBe("4");
  expect(neighbourOf(board, "4", "ArrowRight")).toBeNull();
  expect(neighbourOf([column("a", ["1"]), column("b", []), column("c", ["5"])], "5", "ArrowLeft")).toBe("1");
});

test("a card's place is its stage and the card above", () => {
  expect(placeOf(board, "2")).toEqual({ stageId: "a", afterId: "1", index: 1 });
  expect(placeOf(board, "x")).toBeNull();
});

test("the totals leave out what is won or lost", () => {
  expect(totalOf(board)).toEqual({
    count: 4,
    sums: [
      {
        currency: "USD",
        amount: { amount: "400.00", currency: "USD" },
        weighted: { amount: "75.00", currency: "USD" },
      },
    ],
  });
});
