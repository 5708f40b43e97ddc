import { minorDigits } from "@rainmaker/contracts/currencies";
import { clawBack, checkRefund, mirrorRefunds } from "../commissions/take-back.ts";
import { postPeriod } from "../commissions/post-period.ts";
import { invoiceTotal } from "../invoices/invoice-total.ts";
import { allocate } from "../money/allocate.ts";
import { exchange } from "../money/exchange.ts";
import { multiply, parseRational, rational, round } from "../money/rational.ts";
import { applyPayment } from "../payments/apply-payment.ts";
import { statementsOf } from "../statements/carry-forward.ts";
import type { Evaluators } from "./evaluators.ts";
import { CaseFault, commissionOf, periodEvent, planOfCase, rateOf, required } from "./plan-of-case.ts";

/** Operations on money that comes in, goes back or is divided. */
export const moneyCases = {
  "money.allocate"(_, { total_minor: total, weights }) {
    const exact = weights.map(parseRational);
    // Weights may be decimals: over one denominator they are whole.
    const scale = exact.reduce((product, { d }) => product * d, 1n);
    const whole = exact.map(({ n, d }) => (n * scale) / d);
    if (!whole.some((weight) => weight > 0n)) throw new CaseFault("inputs.weights", "one has to be above zero");
    return { parts_minor: allocate(BigInt(total), whole).map(String) };
  },

  clawback(config, { earned_minor: earned, unserved, term }) {
    const kind = required(config.clawback, "plan.clawback");
    const whole = parseRational(term);
    if (whole.n === 0n) throw new CaseFault("inputs.term", "a term is longer than nothing");
    return { amount_minor: String(clawBack(kind, BigInt(earned), parseRational(unserved), whole)) };
  },

  "refund.mirror"(_, { payment_minor: payment, original, refunds }) {
    const mirror = mirrorRefunds(BigInt(payment), original.map(BigInt), refunds.map(BigInt));
    return {
      steps: mirror.steps.map((step) =>
        "error" in step ? { error: step.error } : { reversals_minor: step.reversals.map(String) },
      ),
      refunded_minor: String(mirror.refunded),
      net_minor: mirror.net.map(String),
    };
  },

  /** The two ways a plan may take back what a locked period paid: at the rate it was paid, or by calculating it anew. */
  "refund.closed_period"(config, { locked_events: events, refund }) {
    const plan = planOfCase(config);
    const posted = postPeriod(plan.component, 0n, events.map(periodEvent));
    const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);
    const ofDeal = events.map(periodEvent).filter(({ deal }) => deal === refund.of);
    if (ofDeal.length === 0) throw new CaseFault("inputs.refund.of", `there is no event ${refund.of}`);
    const sold = sumOf(ofDeal.map(({ amount }) => amount));
    const amount = BigInt(refund.amount_minor);
    checkRefund(amount, sold);
    const earned = sumOf(posted.filter(({ deal }) => deal === refund.of).map((entry) => entry.amount));
    const [left = 0n] = mirrorRefunds(sold, [earned], [amount]).net;
    const credited = sumOf(events.map((event) => BigInt(event.amount_minor)));
    const locked = commissionOf(plan, credited);
    return {
      locked_total_minor: String(locked),
      reverse_at_original_rate_minor: String(left - earned),
      prior_period_recalculation_minor: String(commissionOf(plan, credited - amount) - locked),
    };
  },

  statements(_, { periods, entries }) {
    for (const [index, { period }] of entries.entries()) {
      if (!periods.some(({ id }) => id === period)) {
        throw new CaseFault(`inputs.entries.${index}.period`, `there is no period ${period}`);
      }
    }
    const { rows, reposted } = bookStatements(
      periods.map(({ id, state }) => ({ id, isOpen: state === "open" })),
      entries.map(({ id, period, amount_minor: amount, after_lock: isLate = false }) => ({
        id,
        period,
        amount: BigInt(amount),
        isLate,
      })),
    );
    return {
      rows: rows.map((row) => ({
        period: row.period,
        entries_minor: String(row.entries),
        brought_forward_minor: String(row.broughtForward),
        payable_minor: String(row.payable),
        carried_forward_minor: String(row.carriedForward),
      })),
      reposted,
    };
  },

  round(config, { currency, exponent, amount_minor: amount }) {
    checkExponent(currency, exponent, "inputs.exponent");
    const exact = multiply(rational(BigInt(amount)), parseRational(rateOf(config)));
    return { half_up_minor: String(round(exact, "half_up")), half_even_minor: String(round(exact, "half_even")) };
  },

  fx(config, inputs) {
    const { from, to, rate_at_date: rateAtDate, refund_rate_at_date: refundRate } = inputs;
    checkExponent(from, inputs.from_exponent, "inputs.from_exponent");
    checkExponent(to, inputs.to_exponent, "inputs.to_exponent");
    const rate = parseRational(rateOf(config));
    const exact = exchange(BigInt(inputs.amount_minor), from, to, parseRational(rateAtDate));
    const commission = round(multiply(exact, rate), config.rounding);
    const twice = round(multiply(rational(round(exact, config.rounding)), rate), config.rounding);
    return {
      commission_minor: String(commission),
      if_rounded_twice_minor: String(twice),
      ...(refundRate !== undefined && {
        reversal_minor: String(-commission),
        fx_rate_used_for_reversal: rateAtDate,
      }),
    };
  },

  "invoice.total"(_, { tax_rounding: taxRounding, lines }) {
    const parsed = lines.map(({ unit_price_minor: price, quantity, discount = "0", tax_rate: taxRate }) => ({
      unitPrice: BigInt(price),
      quantity: parseRational(quantity),
      discount: parseRational(discount),
      taxRate: parseRational(taxRate),
    }));
    const { net, tax, total } = invoiceTotal(parsed, taxRounding);
    return { net_minor: String(net), tax_minor: String(tax), total_minor: String(total) };
  },

  "payment.apply"(_, { payment_minor: payment, invoices }) {
    const amount = BigInt(payment);
    if (amount <= 0n) return { error: "amount_not_positive" };
    const open = invoices.map(({ id, due_minor: due }) => ({ id, due: BigInt(due) }));
    const { allocations, unapplied } = applyPayment(amount, open);
    return {
      allocations: allocations.map(({ invoice, applied, status }) => ({
        invoice,
        applied_minor: String(applied),
        status,
      })),
      unapplied_credit_minor: String(unapplied),
      commissionable_minor: String(amount - unapplied),
    };
  },
} satisfies Partial<Evaluators>;

/** Decimals are the ISO 4217 table's; a file that says otherwise would be off by powers of ten. */
function checkExponent(currency: string, exponent: number | undefined, path: string): void {
  const digits = minorDigits(currency);
  if (exponent !== undefined && exponent !== digits) {
    throw new CaseFault(path, `${currency} has ${digits} decimals in ISO 4217`);
  }
}

function bookStatements(...facts: Parameters<typeof statementsOf>): ReturnType<typeof statementsOf> {
  try {
    return statementsOf(...facts);
  } catch (error) {
    if (error instanceof RangeError) throw new CaseFault("inputs.periods", error.message);
    throw error;
  }
}
