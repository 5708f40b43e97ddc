import { toWire } from "@rainmaker/contracts/money";
import type { CommissionTrace } from "@rainmaker/contracts/revenue/commissions";
import { v7 as uuidv7 } from "uuid";
import { numberOf } from "#modules/records";
import { dealRecord, type Deal } from "../deals/deal.ts";
import { exchange } from "../money/exchange.ts";
import { add, parseRational, rational, round } from "../money/rational.ts";
import type { ExchangeRate } from "../money/rates.store.ts";
import { paymentRecord, type Payment } from "../payments/payment.ts";
import type { Period } from "../periods/periods.store.ts";
import type { PlanRule } from "../plans/plan-rule.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { reprices } from "./commission.ts";
import type { DueCredit } from "./due-credits.ts";
import { explain, explainOnTop, explainSpiff, explainTrueUp, type Basis, type Explained } from "./explain.ts";
import { postCredit, postSpiff, type Entry, type NewCredit } from "./post-credit.ts";
import {
  insertCredits,
  insertPostings,
  listPositions,
  lockAccounts,
  lockBudget,
  readDealOfSpiff,
  saveSpent,
  type Account,
  type AccountKey,
  type EarlierPayment,
  type WrittenCredit,
  type WrittenPosting,
} from "./posting.store.ts";

/** What happened to a payment, and where it is booked. */
export type Happening = {
  readonly period: Period;
  readonly deal: Deal;
  readonly payment: Payment;
  /** Decision or refund it follows from: counted once. */
  readonly causeId: string;
  readonly kind: NewCredit["kind"];
  readonly basis: Basis;
};

/** A share that counts by a rule. `exchange` where the rule pays in another currency than the payment's. */
export type CountedCredit = DueCredit<PlanRule> & { readonly exchange: ExchangeRate | null };

type Posted = {
  readonly credit: CountedCredit;
  readonly entries: readonly Entry[];
  readonly written: WrittenCredit;
  readonly postings: readonly WrittenPosting[];
};

/**
 * Counts what happened to a payment for everybody it is credited to, and posts what that earns them or takes back, with
 * the true-ups of earlier payments where a tier or a threshold is crossed. All in the caller's transaction.
 * @returns what each credit posted, in the order of the credits
 */
export async function postCredits(
  ctx: RevenueContext,
  happening: Happening,
  credits: readonly CountedCredit[],
): Promise<readonly Posted[]> {
  const ordered = credits.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const keys = ordered.map((credit) => keyOf(happening, credit));
  const accounts = await lockAccounts(ctx, keys);
  const budgets = await lockBudgets(ctx, ordered);
  const posted: Posted[] = [];
  for (const [index, credit] of ordered.entries()) {
    const account = accounts.find((each) => isSame(each, keys[index]));
    if (account !== undefined) posted.push(await postOne(ctx, happening, credit, account, budgets));
  }
  await insertCredits(
    ctx,
    posted.map(({ written }) => written),
  );
  await insertPostings(
    ctx,
    posted.flatMap(({ postings }) => postings),
  );
  for (const [componentId, spent] of budgets) await saveSpent(ctx, componentId, spent);
  announce(ctx, happening, posted);
  return posted;
}

/** Who leads is paid by many deals at once: their accounts come last, and are held for the shortest time. */
function placeOf({ rule }: CountedCredit): string {
  return [rule.creditKind === "team" ? "1" : "0", rule.memberId, rule.id].join(" ");
}

function keyOf({ period, payment }: Happening, { rule }: CountedCredit): AccountKey {
  const currency = rule.currency ?? payment.currency;
  return { participantId: rule.memberId, componentId: rule.id, periodId: period.id, currency };
}

function isSame(account: Account, key: AccountKey | undefined): boolean {
  return account.participantId === key?.participantId && account.componentId === key.componentId;
}

/** By component, so that two payments wait for each other in one order. */
async function lockBudgets(ctx: RevenueContext, credits: readonly CountedCredit[]): Promise<Map<string, bigint>> {
  const spiffs = credits.filter(({ rule }) => rule.spiff !== null).toSorted((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
  const budgets = new Map<string, bigint>();
  for (const { rule } of spiffs) {
    if (!budgets.has(rule.id)) budgets.set(rule.id, await lockBudget(ctx, rule.id, rule.currency ?? ""));
  }
  return budgets;
}

async function postOne(
  ctx: RevenueContext,
  happening: Happening,
  credit: CountedCredit,
  account: Account,
  budgets: Map<string, bigint>,
): Promise<Posted> {
  const { rule, share } = credit;
  const { payment } = happening;
  const amount =
    credit.exchange === null
      ? rational(share.minor)
      : exchange(share.minor, payment.currency, account.currency, parseRational(credit.exchange.rate));
  const explained: Explained = {
    rule,
    basis: happening.basis,
    share,
    currency: account.currency,
    exchange: credit.exchange,
    before: account.credited,
    credit: amount,
  };
  const outcome =
    rule.spiff === null
      ? await postRate(ctx, happening, account, explained)
      : await postSpiffOf(ctx, happening, account, explained, budgets);
  const entries = outcome.map(({ entry }) => entry);
  const commission = account.commission + entries.reduce((sum, entry) => sum + entry.amount, 0n);
  const written = { ...writtenOf(happening, account, credit), credited: amount };
  return {
    credit,
    entries,
    written: { ...written, after: { credited: add(account.credited, amount), commission } },
    postings: outcome.map(({ entry, trace, on }) => ({
      ...keysOnly(account),
      id: uuidv7(),
      kind: entry.kind,
      code: entry.code,
      dealId: on?.deal.id ?? happening.deal.id,
      paymentId: entry.paymentId,
      customerId: on?.customerId ?? happening.deal.customerId,
      causeId: happening.causeId,
      amountMinor: entry.amount,
      creditedMinor: entry.kind === happening.kind ? round(amount) : 0n,
      adjustsMonth: null,
      trace,
    })),
  };
}

type Outcome = { readonly entry: Entry; readonly trace: CommissionTrace; readonly on: EarlierPayment | undefined };

async function postRate(
  ctx: RevenueContext,
  { payment, kind }: Happening,
  account: Account,
  explained: Explained,
): Promise<Outcome[]> {
  const { rule, before, credit } = explained;
  const positions = reprices(rule, before, add(before, credit)) ? await listPositions(ctx, account) : [];
  const entries = postCredit(rule, before, positions, { paymentId: payment.id, amount: credit, kind });
  const earlier = new Map(positions.map((position) => [position.paymentId, position]));
  return entries.map((entry): Outcome => {
    const on = entry.kind === "true_up" ? earlier.get(entry.paymentId) : undefined;
    if (on !== undefined) return { entry, trace: explainTrueUp(explained, earlierOf(on), entry), on };
    const isBase = entry.kind === "earned" || entry.kind === "reversal";
    return { entry, trace: isBase ? explain(explained, entry) : explainOnTop(explained, entry), on };
  });
}

function earlierOf(position: EarlierPayment): Parameters<typeof explainTrueUp>[1] {
  const { number, deal, amountMinor, currency, valueOn } = position;
  return {
    ...position,
    basis: {
      payment: numberOf(paymentRecord, number),
      deal: { number: numberOf(dealRecord, deal.number), title: deal.title },
      amountMinor,
      currency,
      valueOn,
    },
  };
}

async function postSpiffOf(
  ctx: RevenueContext,
  { payment, kind, deal }: Happening,
  account: Account,
  explained: Explained,
  budgets: Map<string, bigint>,
): Promise<Outcome[]> {
  const { rule, credit, share } = explained;
  const { spiff } = rule;
  if (spiff === null) return [];
  const spent = budgets.get(rule.id) ?? 0n;
  const known = await readDealOfSpiff(ctx, account, deal.id);
  const entries = postSpiff(spiff, spent, known, {
    paymentId: payment.id,
    amount: credit,
    kind,
    share: rational(BigInt(share.basisPoints), 10_000n),
  });
  const after = spent + entries.reduce((sum, { amount }) => sum + amount, 0n);
  budgets.set(rule.id, after);
  return entries.map((entry) => ({ entry, trace: explainSpiff(explained, entry, after), on: undefined }));
}

function writtenOf(
  { deal, payment, causeId }: Happening,
  account: Account,
  { share, exchange: rate }: CountedCredit,
): Omit<WrittenCredit, "credited" | "after"> {
  return {
    ...keysOnly(account),
    id: uuidv7(),
    dealId: deal.id,
    paymentId: payment.id,
    causeId,
    basisPoints: share.basisPoints,
    shareMinor: share.minor,
    shareCurrency: payment.currency,
    exchange: rate,
  };
}

function keysOnly({ participantId, componentId, periodId, currency }: Account): AccountKey {
  return { participantId, componentId, periodId, currency };
}

/** One for each person and currency: what the payment and all that follows from it came to. */
function announce(ctx: RevenueContext, { payment, period }: Happening, posted: readonly Posted[]): void {
  const entries = posted.flatMap(({ postings }) => postings);
  const sums = Map.groupBy(entries, ({ participantId, currency }) => `${participantId} ${currency}`);
  for (const own of sums.values()) {
    const [first] = own;
    const amount = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    if (first === undefined || amount === 0n) continue;
    const { participantId, currency } = first;
    ctx.emit({
      type: "commission.posted",
      recordId: payment.id,
      label: numberOf(paymentRecord, payment.number),
      ownerId: participantId,
      facts: { paymentId: payment.id, participantId, amount: toWire(amount, currency), month: period.month },
    });
  }
}
