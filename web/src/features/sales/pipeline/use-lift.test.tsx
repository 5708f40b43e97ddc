// @vitest-environment happy-dom
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { BoardColumn, Place } from "./board-model.ts";
import { useLift } from "./use-lift.ts";

afterEach(cleanup);

const column = (id: string, kind: string, titles: readonly string[]): BoardColumn =>
  ({
    stage: { id, name: id, kind },
    count: titles.length,
    sums: [],
    cards: titles.map((title) => ({ id: title, title, stage: { id } })),
  }) as unknown as BoardColumn;
const columns = [column("Qualified", "open", ["A", "B"]), column("Proposal", "open", ["C"]), column("Won", "won", [])];

type Put = (card: OpportunityCard, place: Place) => void;

function Example(props: { put: Put; mayMove?: boolean; focusOn?: (id: string) => void }): ReactElement {
  const { put, mayMove = true, focusOn = () => {} } = props;
  const { lift, onKeyDown } = useLift({ columns, mayMove, put, focusOn });
  return (
    <>
      {columns
        .flatMap(({ cards }) => cards)
        .map((card) => (
          <a key={card.id} href="#card" onKeyDown={(event) => onKeyDown(card, event)}>
            {card.title}
          </a>
        ))}
      <output>{lift === null ? "nothing lifted" : `${lift.stageId} ${lift.index}`}</output>
    </>
  );
}

const press = (title: string, ...keys: readonly string[]): void =>
  keys.forEach((key) => fireEvent.keyDown(screen.getByText(title), { key }));
const lifted = (): string | null => screen.getByRole("status").textContent;

test("Space lifts, arrows move, Enter drops below the card it then follows", () => {
  const put = vi.fn<Put>();
  render(<Example put={put} />);
  press("A", " ", "ArrowRight", "ArrowDown");
  expect(lifted()).toBe("Proposal 1");
  expect(put).not.toHaveBeenCalled();
  press("A", "Enter");
  expect(put.mock.calls).toEqual([[expect.objectContaining({ id: "A" }), { stageId: "Proposal", afterId: "C" }]]);
  expect(lifted()).toBe("nothing lifted");
});

test("Escape puts it back", () => {
  const put = vi.fn<Put>();
  render(<Example put={put} />);
  press("A", " ", "ArrowRight", "Escape", "Enter");
  expect(lifted()).toBe("nothing lifted");
  expect(put).not.toHaveBeenCalled();
});

test("Shift with an arrow moves to the top of the stage beside, and nowhere beyond the last", () => {
  const put = vi.fn<Put>();
  render(<Example put={put} />);
  fireEvent.keyDown(screen.getByText("B"), { key: "ArrowRight", shiftKey: true });
  fireEvent.keyDown(screen.getByText("B"), { key: "ArrowLeft", shiftKey: true });
  expect(put.mock.calls.map(([, place]) => place)).toEqual([{ stageId: "Proposal", afterId: null }]);
});

test("arrows and J and K go from card to card without moving any", () => {
  const put = vi.fn<Put>();
  const focusOn = vi.fn<(id: string) => void>();
  render(<Example put={put} focusOn={focusOn} />);
  press("A", "j");
  press("B", "k", "ArrowRight");
  expect(focusOn.mock.calls).toEqual([["B"], ["A"], ["C"]]);
  expect(put).not.toHaveBeenCalled();
});

test("whoever may not move can still look around", () => {
  const put = vi.fn<Put>();
  const focusOn = vi.fn<(id: string) => void>();
  render(<Example put={put} mayMove={false} focusOn={focusOn} />);
  press("A", " ", "ArrowDown");
  fireEvent.keyDown(screen.getByText("A"), { key: "ArrowRight", shiftKey: true });
  expect(lifted()).toBe("nothing lifted");
  expect(put).not.toHaveBeenCalled();
  expect(focusOn.mock.calls).toEqual([["B"], ["C"]]);
});

test("keys of the browser stay the browser's", () => {
  render(<Example put={vi.fn<Put>()} />);
  expect(fireEvent.keyDown(screen.getByText("A"), { key: "ArrowLeft", altKey: true })).toBe(true);
  expect(fireEvent.keyDown(screen.getByText("A"), { key: "x" })).toBe(true);
  expect(fireEvent.keyDown(screen.getByText("A"), { key: "Enter" })).toBe(true);
});
