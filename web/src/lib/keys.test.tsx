// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ariaKeys, keyCaps, listenForKeys, setPlainKeys, useKey, useKeyList } from "./keys.ts";

beforeAll(() => listenForKeys());
afterEach(() => {
  cleanup();
  setPlainKeys(true);
});

type ActionProps = {
  readonly on: string;
  readonly run: () => void;
  readonly isActive?: boolean;
  readonly scope?: "everywhere" | "page";
};

function Action({ on, run, isActive = true, scope = "page" }: ActionProps): null {
  useKey(on, `Does ${on}`, run, { isActive, scope });
  return null;
}

const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.body): boolean =>
  fireEvent.keyDown(target, { key, ...init });

describe("a single key", () => {
  test("acts while nothing is being written", () => {
    const run = vi.fn();
    render(<Action on="n" run={run} />);
    press("n");
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("of a page goes before the same one of the shell, which draws around it and registers later", () => {
    const [ofPage, ofShell] = [vi.fn(), vi.fn()];
    render(
      <>
        <Action on="/" run={ofPage} />
        <Action on="/" run={ofShell} scope="everywhere" />
      </>,
    );
    press("/");
    expect([ofPage, ofShell].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  });

  test.each([
    ["an input", <input key="i" data-testid="place" />],
    ["a text area", <textarea key="t" data-testid="place" />],
    [
      "a dialog",
      <dialog key="d" open>
        <button data-testid="place" type="button">
          Close
        </button>
      </dialog>,
    ],
    [
      "a menu",
      <div key="m" role="menu">
        <button data-testid="place" type="button">
          Open
        </button>
      </div>,
    ],
  ])("is left alone in %s", (_, place) => {
    const run = vi.fn();
    const { getByTestId } = render(
      <>
        <Action on="n" run={run} />
        {place}
      </>,
    );
    press("n", {}, getByTestId("place"));
    expect(run).not.toHaveBeenCalled();
  });

  test("acts on a checkbox, where nothing can be written", () => {
    const run = vi.fn();
    const { getByTestId } = render(
      <>
        <Action on="x" run={run} />
        <input type="checkbox" data-testid="place" />
      </>,
    );
    press("x", {}, getByTestId("place"));
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("is not acted on with Ctrl, and not when switched off", () => {
    const run = vi.fn();
    render(<Action on="n" run={run} />);
    press("n", { ctrlKey: true });
    act(() => setPlainKeys(false));
    press("n");
    expect(run).not.toHaveBeenCalled();
  });

  test("belongs to the last that asked for it, and falls back when that one leaves", () => {
    const [page, dialog] = [vi.fn(), vi.fn()];
    const { rerender } = render(
      <>
        <Action on="n" run={page} />
        <Action on="n" run={dialog} />
      </>,
    );
    press("n");
    rerender(
      <>
        <Action on="n" run={page} />
        <Action on="n" run={dialog} isActive={false} />
      </>,
    );
    press("n");
    expect(dialog).toHaveBeenCalledTimes(1);
    expect(page).toHaveBeenCalledTimes(1);
  });
});

describe("other keys", () => {
  test("Ctrl K acts even while somebody writes", () => {
    const run = vi.fn();
    const { getByTestId } = render(
      <>
        <Action on="mod+k" run={run} />
        <input data-testid="place" />
      </>,
    );
    press("k", { ctrlKey: true }, getByTestId("place"));
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("G then P is a sequence; another key in between breaks it", () => {
    const run = vi.fn();
    render(<Action on="g p" run={run} />);
    press("g");
    press("p");
    press("g");
    press("z");
    press("p");
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("? needs no word about Shift, Shift X does", () => {
    const [help, range] = [vi.fn(), vi.fn()];
    render(
      <>
        <Action on="?" run={help} />
        <Action on="shift+x" run={range} />
      </>,
    );
    press("?", { shiftKey: true });
    press("X", { shiftKey: true });
    expect(help).toHaveBeenCalledTimes(1);
    expect(range).toHaveBeenCalledTimes(1);
  });
});

test("the list names each key once", () => {
  function List(): string {
    return useKeyList()
      .map(({ key, label }) => `${key}: ${label}`)
      .join(", ");
  }
  const { container } = render(
    <>
      <Action on="n" run={() => undefined} />
      <Action on="n" run={() => undefined} />
      <Action on="g p" run={() => undefined} />
      <List />
    </>,
  );
  expect(container.textContent).toBe("n: Does n, g p: Does g p");
});

test("how keys are written for screen readers and on caps", () => {
  expect(ariaKeys("n")).toBe("N");
  expect(ariaKeys("mod+enter")).toBe("Control+Enter");
  expect(ariaKeys("g p")).toBeUndefined();
  expect(keyCaps("mod+enter")).toEqual(["Ctrl", "↵"]);
  expect(keyCaps("g p")).toEqual(["G", "P"]);
});
