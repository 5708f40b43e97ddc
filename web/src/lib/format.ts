import { minorDigits } from "@rainmaker/contracts/currencies";
import { parseAmount, type WireMoney } from "@rainmaker/contracts/money";
import { dayIn } from "@rainmaker/contracts/time";

/** A true minus, as wide as the plus: columns of signed figures stay in line. */
const minus = "\u2212";
const narrowSpace = "\u00a0";

export type MoneyOptions = {
  /**
   * exact: cents always, for what is settled; short: cents only where there are some, for pipelines;
   * compact: $566.2k, $1.22M, for headings and axes.
   */
  readonly style?: "exact" | "short" | "compact";
  /** "+" before what is above zero, for differences. */
  readonly signed?: boolean;
  /** Without the currency, for columns whose head names it. */
  readonly bare?: boolean;
};

/** Money for people. The decimal string is cut and grouped as text: no float ever holds a sum. */
export function formatMoney({ amount, currency }: WireMoney, options: MoneyOptions = {}): string {
  const { style = "exact", signed = false, bare = false } = options;
  const minor = parseAmount(amount, currency);
  if (typeof minor === "string") return amount;
  const size = minor < 0n ? -minor : minor;
  const figure = style === "compact" ? compact(size, currency) : plain(size, currency, style === "short");
  const sign = minor < 0n ? minus : signed && minor > 0n ? "+" : "";
  return `${sign}${bare ? "" : currencySymbol(currency)}${figure}`;
}

/** The sign of a sum: -1, 0 or 1. */
export function signOf({ amount, currency }: WireMoney): number {
  const minor = parseAmount(amount, currency);
  if (typeof minor === "string" || minor === 0n) return 0;
  return minor < 0n ? -1 : 1;
}

/** How much of a whole one sum is, 0 to 1, for the length of bars only: never for a figure. */
export function shareOf(part: WireMoney, whole: WireMoney): number {
  const [a, b] = [parseAmount(part.amount, part.currency), parseAmount(whole.amount, whole.currency)];
  if (typeof a === "string" || typeof b === "string" || b <= 0n || a <= 0n) return 0;
  return Math.min(1, Number((a * 10_000n) / b) / 10_000);
}

/** "$", "€", "A$"; codes without a sign keep a space: "CHF 1,200.00". */
export function currencySymbol(currency: string): string {
  const known = symbols.get(currency);
  if (known !== undefined) return known;
  // en-US writes $ for the US dollar alone and A$, CA$ for the others: never two currencies with one sign.
  const parts = new Intl.NumberFormat("en-US", { style: "currency", currency }).formatToParts(0);
  const symbol = parts.find(({ type }) => type === "currency")?.value ?? currency;
  const spaced = /\p{L}$/u.test(symbol) ? `${symbol}${narrowSpace}` : symbol;
  symbols.set(currency, spaced);
  return spaced;
}

const symbols = new Map<string, string>();

function plain(minor: bigint, currency: string, hideZeroCents: boolean): string {
  const digits = minorDigits(currency);
  const text = minor.toString().padStart(digits + 1, "0");
  const whole = group(digits === 0 ? text : text.slice(0, -digits));
  const cents = digits === 0 ? "" : text.slice(-digits);
  return cents === "" || (hideZeroCents && /^0+$/.test(cents)) ? whole : `${whole}.${cents}`;
}

const scales = [
  { letter: "k", zeros: 3, decimals: 1, keepsZeros: false },
  { letter: "M", zeros: 6, decimals: 2, keepsZeros: true },
  { letter: "B", zeros: 9, decimals: 2, keepsZeros: true },
] as const;

function compact(minor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  // Below ten thousand a letter saves nothing.
  if (minor < 10n ** BigInt(4 + digits)) return plain(roundTo(minor, digits) * 10n ** BigInt(digits), currency, true);
  for (const { letter, zeros, decimals, keepsZeros } of scales) {
    const scaled = roundTo(minor, digits + zeros - decimals);
    // 999,960 would be 1000.0k: the next letter says it better.
    if (scaled < 1000n * 10n ** BigInt(decimals) || letter === "B") {
      const text = scaled.toString().padStart(decimals + 1, "0");
      const [whole, fraction] = [group(text.slice(0, -decimals)), text.slice(-decimals)];
      return `${whole}${!keepsZeros && /^0+$/.test(fraction) ? "" : `.${fraction}`}${letter}`;
    }
  }
  return plain(minor, currency, true);
}

/** Divides by a power of ten, half away from zero; for what is not below zero. */
function roundTo(value: bigint, zeros: number): bigint {
  const unit = 10n ** BigInt(zeros);
  return (value + unit / 2n) / unit;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

export function formatCount(count: number): string {
  return count < 0 ? `${minus}${group(String(-count))}` : group(String(count));
}

/** "1 deal", "1,204 deals". */
export function formatCountOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A ratio such as "0.7104" as "71%"; one decimal below ten percent where there is one: "2.5%". */
export function formatPercent(ratio: string, { signed = false }: { readonly signed?: boolean } = {}): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(ratio);
  if (match === null) return ratio;
  const [, negative = "", whole = "0", fraction = ""] = match;
  const millionths = BigInt(whole + fraction.padEnd(6, "0").slice(0, 6));
  // Each rounded from what came: 69.49 is 69, not 69.5 and then 70.
  const [percent, tenths] = [roundTo(millionths, 4), roundTo(millionths, 3)];
  const isPlain = tenths >= 100n || tenths % 10n === 0n;
  const text = isPlain ? group(String(percent)) : `${tenths / 10n}.${tenths % 10n}`;
  const sign = tenths === 0n ? "" : negative === "-" ? minus : signed ? "+" : "";
  return `${sign}${text}%`;
}

/** Basis points as a percentage: 250 is "2.5%", 10,000 is "100%". */
export function formatBasisPoints(points: number): string {
  const text = (points / 100).toFixed(2).replace(/\.?0+$/, "");
  return `${text}%`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const longMonths = "January February March April May June July August September October November December".split(" ");
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Today's calendar day in a time zone; the viewer's own unless given. */
export function today(timeZone = browserTimeZone(), now = new Date()): string {
  return dayIn(timeZone, now);
}

/** A calendar day: "Today", "Tomorrow", "Fri 20 Nov" within a week, "6 Oct" this year, "6 Oct 2025" otherwise. */
export function formatDay(day: string, reference = today()): string {
  const distance = daysBetween(reference, day);
  if (distance === 0) return "Today";
  if (distance === 1) return "Tomorrow";
  if (distance === -1) return "Yesterday";
  const short = shortDay(day);
  if (Math.abs(distance) < 7) return `${weekdayName(day)} ${short}`;
  return day.slice(0, 4) === reference.slice(0, 4) ? short : `${short} ${day.slice(0, 4)}`;
}

/** A calendar day that says its year, for documents and forms: "6 Oct 2026". */
export function formatFullDay(day: string): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}

/** "October 2026". */
export function formatMonth(month: string): string {
  return `${longMonths[Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`;
}

/** An instant in the viewer's zone: "Today 15:00", "Fri 20 Nov 10:00"; further away only its day. */
export function formatInstant(instant: string, now = new Date(), timeZone = browserTimeZone()): string {
  const date = new Date(instant);
  const [day, reference] = [dayIn(timeZone, date), dayIn(timeZone, now)];
  const text = formatDay(day, reference);
  return Math.abs(daysBetween(reference, day)) < 7 ? `${text} ${clock(date, timeZone)}` : text;
}

/** "15:00", in the viewer's zone; with seconds where order matters. */
export function formatTime(
  instant: string,
  { seconds = false, timeZone = browserTimeZone() }: { readonly seconds?: boolean; readonly timeZone?: string } = {},
): string {
  return clock(new Date(instant), timeZone, seconds);
}

/** The exact moment with its zone, for hover and focus: "Thu 19 Nov 2026, 09:12:41 GMT+1". */
export function formatStamp(instant: string, timeZone = browserTimeZone()): string {
  const date = new Date(instant);
  const day = dayIn(timeZone, date);
  const zone = formatter(timeZone, { timeZoneName: "short" })
    .formatToParts(date)
    .find(({ type }) => type === "timeZoneName")?.value;
  return `${weekdayName(day)} ${formatFullDay(day)}, ${clock(date, timeZone, true)} ${zone ?? timeZone}`;
}

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** A stretch of time in one unit: "41 min", "16 h", "12 d". */
export function formatDuration(ms: number): string {
  if (ms < minuteMs) return "under 1 min";
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`;
  return `${formatCount(Math.floor(ms / dayMs))} d`;
}

/** How long ago: "now", "22 min", "1 d"; the day itself once it is a week. */
export function formatAgo(instant: string, now = new Date(), timeZone = browserTimeZone()): string {
  const ms = now.getTime() - Date.parse(instant);
  if (ms < minuteMs) return "now";
  if (ms < 7 * dayMs) return formatDuration(ms);
  return formatDay(dayIn(timeZone, new Date(instant)), dayIn(timeZone, now));
}

/** How long something still holds: "6 d left", or "over". */
export function formatLeft(instant: string, now = new Date()): string {
  const ms = Date.parse(instant) - now.getTime();
  return ms > 0 ? `${formatDuration(ms)} left` : "over";
}

/** "96 kB", "1.2 MB". */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace(/\.0$/, "")} MB`;
}

/** Whole days from one calendar day to another, negative for before. */
export function daysBetween(from: string, to: string): number {
  // Calendar days are whole in UTC: no clock change lies between two midnights.
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs;
}

function shortDay(day: string): string {
  return `${Number(day.slice(8, 10))} ${months[Number(day.slice(5, 7)) - 1] ?? ""}`;
}

function weekdayName(day: string): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  formatters.set(key, known);
  return known;
}

function clock(date: Date, timeZone: string, seconds = false): string {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return formatter(timeZone, seconds ? { ...options, second: "2-digit" } : options).format(date);
}
