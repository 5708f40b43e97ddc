import { addDays, weekdayOf } from "@rainmaker/contracts/time";
import { customersOf, lostReasonsWeighted, nextSteps, saleTitles, sellers } from "./cast.ts";
import { Random } from "./random.ts";

/** One payment of a sale: how much of it, when it arrived, and what the verifier did. */
export type DemoPayment = {
  /** Whole dollars. */
  readonly amount: number;
  readonly valueOn: string;
  readonly recordedOn: string;
  /** Null while it waits. */
  readonly decidedOn: string | null;
  /** Sent back once before it was right. */
  readonly isFixed: boolean;
};

/** The life of an opportunity, by calendar days. */
export type DemoSale = {
  readonly index: number;
  readonly seller: string;
  readonly manager: string;
  readonly customer: number;
  readonly title: string;
  readonly amount: number;
  readonly nextStep: string | null;
  readonly openedOn: string;
  /** Day of each move to the next open stage. */
  readonly moves: readonly string[];
  readonly outcome: "won" | "lost" | "open";
  readonly closedOn: string | null;
  readonly lostReason: (typeof lostReasonsWeighted)[number] | null;
  readonly expectedCloseOn: string;
  readonly submittedOn: string | null;
  readonly approvedOn: string | null;
  readonly payments: readonly DemoPayment[];
};

export type DemoStory = {
  readonly firstDay: string;
  readonly today: string;
  readonly sales: readonly DemoSale[];
  readonly months: readonly string[];
  /** A month's goal of each seller in whole dollars: a little above what the seller brings in on average. */
  readonly goals: ReadonlyMap<string, number>;
};

const seed = 20_261_119;
const salesWanted = 600;
const openStages = 5;
const streakLength = 14;
const payingAtOnce = 5;
/** Some sales opened in the last so many days do not move any more and pass their close date. */
const stalledWithin = 120;
/** Deals and payments of the latest of these days mostly wait: it is what manager and verifier find in the morning. */
const backlogDays = 4;

/** Eighteen months up to a day, the same for the same day. Nothing in it lies after that day. */
export function tellStory(today: string): DemoStory {
  const random = new Random(seed);
  const firstDay = workday(`${monthsBefore(today.slice(0, 7), 18)}-03`);
  const length = daysBetween(firstDay, today);
  const sales = Array.from({ length: salesWanted }, (_, index) => tellSale(random, index, firstDay, length, today));
  const months = Array.from({ length: 19 }, (_, index) => monthsBefore(today.slice(0, 7), 18 - index));
  const told = withStreak(sales, today);
  return { firstDay, today, sales: told, months, goals: goalsFor(told, months.length) };
}

function goalsFor(sales: readonly DemoSale[], months: number): Map<string, number> {
  return new Map(
    [...Map.groupBy(sales, ({ seller }) => seller)].map(([seller, theirs]) => {
      const paid = theirs.flatMap(({ payments }) => payments).reduce((sum, { amount }) => sum + amount, 0);
      return [seller, Math.ceil((paid * 1.2) / months / 5000) * 5000];
    }),
  );
}

function tellSale(random: Random, index: number, firstDay: string, length: number, today: string): DemoSale {
  const seller = random.pick(sellers);
  // The last months bring more openings than they close, so that the board of today is full.
  const openedOn = earlier(workday(addDays(firstDay, Math.floor(length * random.next() ** 0.6))), today);
  const course = runCourse(random, openedOn, today);
  const sale = {
    index,
    seller: seller.key,
    manager: seller.manager,
    customer: random.pick(customersOf(seller.key)),
    title: titleFrom(random),
    amount: 100 * random.between(Math.floor(60 * seller.scale), Math.floor(900 * seller.scale)),
    nextStep: random.chance(0.8) ? random.pick(nextSteps) : null,
    openedOn,
    ...course,
    lostReason: course.outcome === "lost" ? random.pick(lostReasonsWeighted) : null,
  };
  const { outcome, closedOn } = course;
  if (outcome !== "won" || closedOn === null) return { ...sale, submittedOn: null, approvedOn: null, payments: [] };
  return { ...sale, ...tellPayments(random, sale.amount, closedOn, today) };
}

function titleFrom(random: Random): string {
  const title = random.pick(saleTitles).replace("{n}", String(10 * random.between(4, 60)));
  return title.replace("{s}", String(random.between(2, 9)));
}

type Course = Pick<DemoSale, "moves" | "outcome" | "closedOn" | "expectedCloseOn">;

/** Through the stages up to the day it is won, lost on the way, or still open today. */
function runCourse(random: Random, openedOn: string, today: string): Course {
  const days = runningDays(random, openedOn);
  const end = days.at(-1) ?? openedOn;
  const moves = days.slice(0, -1).filter((day) => day <= today);
  const stopsEarly = random.between(Math.min(1, moves.length), moves.length);
  const isStalled = openedOn > addDays(today, -stalledWithin) && random.chance(0.15);
  const expectedCloseOn = end;
  if (isStalled) return { moves: moves.slice(0, stopsEarly), outcome: "open", closedOn: null, expectedCloseOn };
  if (end >= today) return { moves, outcome: "open", closedOn: null, expectedCloseOn };
  if (random.chance(0.5)) return { moves, outcome: "won", closedOn: end, expectedCloseOn };
  const lostOn = workday(addDays(moves[stopsEarly - 1] ?? openedOn, random.between(3, 12)));
  if (lostOn > today) return { moves, outcome: "open", closedOn: null, expectedCloseOn: lostOn };
  return { moves: moves.slice(0, stopsEarly), outcome: "lost", closedOn: lostOn, expectedCloseOn };
}

/** The day of each move to the next open stage, and at last the day the sale would end. */
function runningDays(random: Random, from: string): string[] {
  let day = from;
  return Array.from({ length: openStages }, () => (day = workday(addDays(day, random.between(4, 16)))));
}

type Paid = Pick<DemoSale, "submittedOn" | "approvedOn" | "payments">;

function tellPayments(random: Random, amount: number, closedOn: string, today: string): Paid {
  const submittedOn = workday(addDays(closedOn, random.between(0, 1)));
  const approvedOn = workday(addDays(submittedOn, random.between(1, 2)));
  if (submittedOn > today) return { submittedOn: null, approvedOn: null, payments: [] };
  const waits = submittedOn >= (latestWorkdays(today, backlogDays)[0] ?? today) && random.chance(0.8);
  if (approvedOn > today || waits) return { submittedOn, approvedOn: null, payments: [] };
  const [backlogFrom = today] = latestWorkdays(today, backlogDays);
  const parts = random.pick([[1], [0.5, 0.5], [0.3, 0.7], [0.3, 0.3, 0.4], [1]] as const);
  let day = approvedOn;
  let left = amount;
  const payments = parts.flatMap((share, place) => {
    day = workday(addDays(day, random.between(6, 26)));
    const part = place === parts.length - 1 ? left : Math.floor(amount * share);
    left -= part;
    const isFixed = random.chance(0.07);
    const recordedOn = workday(addDays(day, random.between(0, 2)));
    const decidedOn = workday(addDays(recordedOn, random.chance(0.75) ? 0 : 1));
    if (recordedOn > today) return [];
    const isUndecided = decidedOn >= today || (recordedOn >= backlogFrom && random.chance(0.8));
    return [{ amount: part, valueOn: day, recordedOn, decidedOn: isUndecided ? null : decidedOn, isFixed }];
  });
  return { submittedOn, approvedOn, payments };
}

/** Maya's last working days each see money arrive: five of her customers pay in instalments. */
function withStreak(sales: readonly DemoSale[], today: string): DemoSale[] {
  const days = latestWorkdays(today, streakLength);
  const [firstDay = today] = days;
  const paying = sales
    .filter(({ seller, approvedOn }) => seller === "maya" && approvedOn !== null && approvedOn < firstDay)
    .toSorted((a, b) => ((b.approvedOn ?? "") < (a.approvedOn ?? "") ? -1 : 1))
    .slice(0, payingAtOnce);
  return sales.map((sale) => {
    const place = paying.indexOf(sale);
    const own = days.filter((_, index) => index % paying.length === place);
    return place === -1 ? sale : { ...sale, payments: instalments(sale, own) };
  });
}

/** A small part of what a sale has yet to pay on each of these days. */
function instalments({ amount, payments }: DemoSale, days: readonly string[]): DemoPayment[] {
  const before = payments.filter(({ recordedOn }) => recordedOn < (days[0] ?? "")).slice(0, 1);
  const kept = before.map((payment) => ({ ...payment, amount: Math.min(payment.amount, Math.floor(amount / 3)) }));
  const left = amount - kept.reduce((sum, payment) => sum + payment.amount, 0);
  const share = Math.floor(left / (days.length + 2) / 130) * 100;
  return [
    ...kept,
    ...days.map((day): DemoPayment => ({
      amount: share,
      valueOn: day,
      recordedOn: day,
      decidedOn: day,
      isFixed: false,
    })),
  ];
}

function latestWorkdays(today: string, count: number): string[] {
  const days: string[] = [];
  for (let day = addDays(today, -1); days.length < count; day = addDays(day, -1))
    if (weekdayOf(day) <= 5) days.unshift(day);
  return days;
}

/** The working day, or the last one before today where it is still to come: on a weekend Monday is. */
function earlier(day: string, today: string): string {
  return day <= today ? day : (latestWorkdays(today, 1)[0] ?? today);
}

/** The day, or the Monday after it. */
function workday(day: string): string {
  const weekday = weekdayOf(day);
  return weekday <= 5 ? day : addDays(day, 8 - weekday);
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function monthsBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const index = year * 12 + number - 1 - count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;
}
