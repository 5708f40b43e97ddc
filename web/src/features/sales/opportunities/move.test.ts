// @vitest-environment happy-dom
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { undoLast, useToasts, type Toast } from "#lib/toasts";
import { moveAndTell, moveOrThrow, usePendingMoves, type Move } from "./move.ts";

const card = {
  id: "o1",
  title: "Ground fleet",
  stage: { id: "a", name: "Proposal", kind: "open" },
} as unknown as OpportunityCard;
const closing = { id: "b", name: "Closing", kind: "open" } as never;
const won = { id: "w", name: "Won", kind: "won" } as never;
const stageOf = (one: OpportunityCard): Move["from"]["stage"] => one.stage;
const from = { stage: stageOf(card), afterId: null };

type Sent = { readonly body: Record<string, unknown>; readonly key: string | null };
const sent: Sent[] = [];
let answers: (() => Response)[] = [];

const moved =
  (stage: unknown): (() => Response) =>
  () =>
    Response.json({ ...card, stage });
const refused =
  (code: string, detail: string, more: object = {}): (() => Response) =>
  () =>
    Response.json(
      { type: "about:blank", title: "", status: 409, code, detail, errors: [], requestId: "r", ...more },
      { status: 409, headers: { "content-type": "application/problem+json" } },
    );

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    sent.push({ body: JSON.parse(init.body as string) as Sent["body"], key: headers.get("idempotency-key") });
    return Promise.resolve((answers.shift() ?? moved(closing))());
  });
});
afterEach(async () => {
  await vi.waitFor(() => expect(pending()).toEqual([]));
  vi.unstubAllGlobals();
});

const pending = (): readonly string[] =>
  renderHook(() => usePendingMoves()).result.current.map(({ stageId }) => stageId);
const lastToast = (): Toast | undefined => renderHook(() => useToasts()).result.current.at(-1);

test("a move is shown before the server has answered, and says where it came from", async () => {
  answers = [moved(closing)];
  const done = moveAndTell({ card, to: closing, afterId: null, from });
  expect(pending()).toEqual(["b"]);
  await done;
  expect(sent[0]?.body).toEqual({ stageId: "b", fromStageId: "a", afterId: null });
  await vi.waitFor(() => expect(pending()).toEqual([]));
});

test("undo moves it back to its old place, as an intent of its own", async () => {
  answers = [moved(closing), moved(stageOf(card))];
  await moveAndTell({ card, to: closing, from: { ...from, afterId: "o9" as never } });
  expect(undoLast()).toBe(true);
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.body).toEqual({ stageId: "a", fromStageId: "b", afterId: "o9" });
  expect(sent[1]?.key).not.toBe(sent[0]?.key);
});

test("what a form asked for is not shown before the server has taken it", async () => {
  answers = [moved(won)];
  const done = moveOrThrow({ card, to: won, facts: { closedOn: "2026-11-20" }, from });
  expect(pending()).toEqual([]);
  await done;
  expect(sent[0]?.body).toMatchObject({ stageId: "w", closedOn: "2026-11-20" });
});

test("whoever was second hears who was first, and may go on from there", async () => {
  const negotiation = { id: "n", name: "Negotiation", kind: "open" };
  answers = [
    refused("already_moved", "Tomás Ferreira moved this to Negotiation meanwhile", {
      current: { ...card, stage: negotiation },
    }),
  ];
  await moveAndTell({ card, to: closing, from });
  expect(pending()).toEqual([]);
  expect(lastToast()).toMatchObject({ tone: "failed", title: "Tomás Ferreira moved this to Negotiation meanwhile" });
  lastToast()?.action?.run();
  await vi.waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[1]?.body).toMatchObject({ stageId: "b", fromStageId: "n" });
});

test("a refusal of a field reaches the form that asked, and is no toast", async () => {
  const before = lastToast()?.id;
  const errors = [{ path: "amount", code: "required", message: "Say what it was sold for" }];
  answers = [refused("stage_requirements_missing", "Won needs more", { errors })];
  await expect(moveOrThrow({ card, to: won, facts: {}, from })).rejects.toMatchObject({ errors });
  expect(lastToast()?.id).toBe(before);
});
