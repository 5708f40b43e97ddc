import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { formatFullDay, formatMoney } from "#lib/format";
import { saysWhole } from "#lib/find-text";

/** One thing that was recorded, to be found on the proof. */
export type Recorded = {
  readonly id: "amount" | "date" | "reference" | "payer";
  readonly number: number;
  readonly label: string;
  readonly recorded: string;
  /** The ways banks write it. */
  readonly writings: readonly string[];
};

type Facts = Pick<Payment, "amount" | "valueOn" | "reference" | "customer">;

export function recordedOf({ amount, valueOn, reference, customer }: Facts): readonly Recorded[] {
  const facts: Omit<Recorded, "number">[] = [
    { id: "amount", label: "Amount", recorded: formatMoney(amount, { bare: true }), writings: amountWritings(amount) },
    { id: "date", label: "Date", recorded: formatFullDay(valueOn), writings: dayWritings(valueOn) },
  ];
  if (reference !== null)
    facts.push({ id: "reference", label: "Reference", recorded: reference, writings: [reference] });
  facts.push({ id: "payer", label: "Payer", recorded: customer.name, writings: [customer.name] });
  return facts.map((fact, index) => ({ ...fact, number: index + 1 }));
}

/** Whether a proof says what was recorded. */
export function isOnProof(text: string, { writings }: Recorded): boolean {
  return writings.some((writing) => saysWhole(text, writing));
}

/** 54,200.00, 54.200,00, 54 200,00, 54'200.00, 54200.00, and without cents where there are none. */
function amountWritings(amount: Payment["amount"]): readonly string[] {
  const exact = formatMoney(amount, { bare: true });
  const [whole = "", cents] = exact.split(".");
  const styles = [
    [",", "."],
    [".", ","],
    [" ", ","],
    [" ", "."],
    ["'", "."],
    ["", "."],
    ["", ","],
  ] as const;
  return styles.flatMap(([thousands, decimals]) => {
    const digits = whole.replaceAll(",", thousands);
    if (cents === undefined) return [digits];
    return /^0+$/.test(cents) ? [`${digits}${decimals}${cents}`, digits] : [`${digits}${decimals}${cents}`];
  });
}

const longMonths = "January February March April May June July August September October November December".split(" ");

/** 2026-11-13, 13.11.2026, 13/11/2026, 11/13/2026, 13 Nov 2026, 13 November 2026, November 13, 2026. */
function dayWritings(day: string): readonly string[] {
  const [year = "", month = "", date = ""] = day.split("-");
  const name = longMonths[Number(month) - 1] ?? "";
  const dates = [...new Set([date, String(Number(date))])];
  const numbered = ["-", ".", "/"].map((mark) => [date, month, year].join(mark));
  const named = [name, name.slice(0, 3)].flatMap((word) =>
    dates.flatMap((one) => [`${one} ${word} ${year}`, `${word} ${one}, ${year}`, `${one}-${word}-${year}`]),
  );
  return [day, ...numbered, `${month}/${date}/${year}`, `${year}/${month}/${date}`, ...named];
}
