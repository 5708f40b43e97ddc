import { toWire } from "@rainmaker/contracts/money";
import type { Deal } from "@rainmaker/contracts/revenue/deals";
import type { InProcessApi } from "../in-process-api.ts";
import type { Act } from "./act.ts";
import type { Company } from "./company.ts";
import type { DemoSale } from "./story.ts";

/** A sale being played: who acts in it, and what it has made so far. */
export type Scene = {
  readonly api: InProcessApi;
  readonly company: Company;
  readonly sale: DemoSale;
  /** An act of this sale; acts of one day keep their order. */
  act(day: string, order: number, run: Act["run"]): Act;
  /** The idempotency key of one act: a fill that was cut off repeats it without effect. */
  key(act: string): string;
  /** The deal that winning opened. */
  deal(): Promise<Deal>;
};

/** @param amount whole dollars */
export function dollars(amount: number): { amount: string; currency: string } {
  return toWire(BigInt(amount) * 100n, "USD");
}
