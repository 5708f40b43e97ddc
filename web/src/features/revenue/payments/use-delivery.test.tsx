// @vitest-environment happy-dom
import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PaymentBody } from "./payment-values.ts";
import { useDelivery, type Delivery } from "./use-delivery.ts";

type Call = { readonly what: string; readonly key: string | null };

let calls: Call[] = [];
/** What does not come back: the server has done it, the answer is lost. */
let lost: string[] = [];
let payment: Payment | null = null;

const body = {
  dealId: "deal",
  amount: { amount: "40.00", currency: "USD" },
  method: "bank_transfer",
  valueOn: "2026-11-17",
  reference: "NB-1",
} as unknown as PaymentBody;
const base = {
  ...body,
  id: "payment",
  number: "PAY-1",
  status: "draft",
  version: 1,
  evidence: [],
} as unknown as Payment;
const proof = new File(["%PDF"], "advice.pdf", { type: "application/pdf" });

/** Answers as the contract says, and does what carries the same key once. */
function answer(what: string): Payment {
  const before = payment ?? base;
  const next = payment === null ? 1 : before.version + 1;
  if (what.endsWith("/submit")) return { ...before, status: "submitted", version: next };
  if (what.endsWith("/evidence")) return { ...before, status: "draft", version: next, evidence: [{}] as never };
  return { ...before, status: "draft", version: next };
}

beforeEach(() => {
  calls = [];
  lost = [];
  payment = null;
  const done = new Map<string, Payment>();
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const key = new Headers(init.headers).get("idempotency-key");
    const what = `${init.method} ${path.replace("/api/v1", "")}`;
    calls.push({ what, key });
    const known = key === null ? undefined : done.get(key);
    if (known === undefined) payment = answer(what);
    if (key !== null && payment !== null) done.set(key, known ?? payment);
    if (lost[0] === what) {
      lost.shift();
      throw new TypeError("Failed to fetch");
    }
    return Response.json(known ?? payment);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function begin(initial: Payment | null = null): { readonly current: Delivery } {
  const { result } = renderHook(() => useDelivery(initial));
  act(() => result.current.add(proof));
  return result;
}

async function deliver(delivery: { readonly current: Delivery }, isToBeSent = true): Promise<Payment | null> {
  return act(() => delivery.current.deliver(body, isToBeSent).catch(() => null));
}

const whats = (): string[] => calls.map(({ what }) => what);
const [record, upload, send] = ["POST /payments", "POST /payments/payment/evidence", "POST /payments/payment/submit"];

test("records, attaches the proof and sends, in one go", async () => {
  const delivery = begin();
  const sent = await deliver(delivery);
  expect(sent?.status).toBe("submitted");
  expect(whats()).toEqual([record, upload, send]);
  expect(delivery.current.proofs.map(({ state }) => state)).toEqual(["done"]);
});

test("keeps a draft without sending it", async () => {
  expect((await deliver(begin(), false))?.status).toBe("draft");
  expect(whats()).toEqual([record, upload]);
});

test.each([
  ["recording", record, [record, record, upload, send]],
  ["the upload", upload, [record, upload, upload, send]],
  ["sending", send, [record, upload, send, send]],
])("goes on where it stopped when the answer to %s is lost, under the same key", async (_, what, expected) => {
  lost = [what];
  const delivery = begin();
  expect(await deliver(delivery)).toBeNull();
  expect((await deliver(delivery))?.status).toBe("submitted");
  expect(whats()).toEqual(expected);
  const keys = calls.filter((call) => call.what === what).map(({ key }) => key);
  expect(new Set(keys).size).toBe(1);
});

test("says which proof failed and keeps it for the next try", async () => {
  lost = [upload];
  const delivery = begin();
  await deliver(delivery);
  expect(delivery.current.proofs[0]).toMatchObject({ state: "failed", error: expect.stringContaining("offline") });
  expect(delivery.current.payment?.number).toBe("PAY-1");
  expect(delivery.current.step).toBeNull();
});

test("a payment that came back is corrected first, even where only its proof is new", async () => {
  payment = { ...base, status: "rejected", version: 3 };
  await deliver(begin(payment));
  expect(whats()).toEqual(["PATCH /payments/payment", upload, send]);
});

test("a draft that says the same already is not written again", async () => {
  payment = base;
  await deliver(begin(base));
  expect(whats()).toEqual([upload, send]);
});
