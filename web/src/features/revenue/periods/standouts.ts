import { fromWire } from "@rainmaker/contracts/money";
import type { PeriodStatement } from "@rainmaker/contracts/revenue/periods";
import { formatMoney } from "#lib/format";

/** What makes somebody look twice at a statement. */
export type Standout = { readonly text: string; readonly tone: "danger" | "warning" | "neutral" };

/** From this difference to the usual month on, in percent, a statement stands out. */
const unusual = 20n;

/** How far a month is from the mean of the three before it, in whole percent; null where there is none to compare with. */
export function deviationOf({ earned, usual }: Pick<PeriodStatement, "earned" | "usual">): number | null {
  const [now, mean] = [fromWire(earned).minor, fromWire(usual).minor];
  return mean <= 0n ? null : Number(((now - mean) * 100n) / mean);
}

export function standoutsOf(statement: PeriodStatement): readonly Standout[] {
  const { openDisputes, adjusted, broughtForward, payable, earned } = statement;
  const found: Standout[] = [];
  if (openDisputes > 0)
    found.push({ text: openDisputes === 1 ? "Dispute" : `${openDisputes} disputes`, tone: "danger" });
  if (fromWire(adjusted).minor !== 0n) {
    found.push({ text: `Corrected ${formatMoney(adjusted, { bare: true, signed: true })}`, tone: "warning" });
  }
  if (fromWire(broughtForward).minor !== 0n) {
    found.push({ text: `Owed ${formatMoney(broughtForward, { bare: true })}`, tone: "neutral" });
  }
  if (fromWire(payable).minor === 0n && fromWire(earned).minor < 0n)
    found.push({ text: "Below zero", tone: "warning" });
  return found;
}

export function isUnusual(statement: PeriodStatement): boolean {
  const deviation = deviationOf(statement);
  return deviation !== null && BigInt(Math.abs(deviation)) >= unusual;
}

export const isAdjusted = ({ adjusted }: PeriodStatement): boolean => fromWire(adjusted).minor !== 0n;

/** What can be approved together: nothing about it stands out. */
export function isPlain(statement: PeriodStatement): boolean {
  return !isUnusual(statement) && standoutsOf(statement).length === 0;
}

/** What stands out first, most unusual first; then by name. */
export function outliersFirst(statements: readonly PeriodStatement[]): readonly PeriodStatement[] {
  const weight = (statement: PeriodStatement): number =>
    standoutsOf(statement).length * 1000 + Math.min(999, Math.abs(deviationOf(statement) ?? 0));
  return statements.toSorted(
    (a, b) => weight(b) - weight(a) || a.participant.name.localeCompare(b.participant.name, "en-GB"),
  );
}
