import type { Invoice } from "@rainmaker/contracts/revenue/invoices";

/** A line of a draft as it is typed. */
export type DraftLine = {
  /** Tells it from the others while some come and go. */
  readonly key: number;
  readonly description: string;
  readonly quantity: string;
  /** Decimal string; null while empty. */
  readonly unitPrice: string | null;
  readonly taxPercent: string;
  readonly discountPercent: string;
  readonly detail: string | null;
};

export function linesOf({ lines }: Pick<Invoice, "lines">): DraftLine[] {
  return lines.map(({ position, description, quantity, unitPrice, taxPercent, discountPercent, detail }) => ({
    key: position,
    description,
    quantity,
    unitPrice: unitPrice.amount,
    taxPercent,
    discountPercent,
    detail,
  }));
}

/** The next line is taxed as the one before it. */
export function withNewLine(lines: readonly DraftLine[]): DraftLine[] {
  const taxPercent = lines.at(-1)?.taxPercent ?? "0";
  const key = Math.max(0, ...lines.map((line) => line.key)) + 1;
  return [
    ...lines,
    { key, description: "", quantity: "1", unitPrice: null, taxPercent, discountPercent: "0", detail: null },
  ];
}

export function changedLine(lines: readonly DraftLine[], at: number, change: Partial<DraftLine>): DraftLine[] {
  return lines.map((line, index) => (index === at ? { ...line, ...change } : line));
}

/** As the contract takes them. */
export function linesToSend(lines: readonly DraftLine[], currency: string): unknown[] {
  return lines.map(({ description, detail, discountPercent, unitPrice, quantity, taxPercent }) => ({
    description,
    detail,
    discountPercent,
    quantity: quantity.trim(),
    taxPercent: taxPercent.trim(),
    unitPrice: { amount: unitPrice ?? "", currency },
  }));
}
