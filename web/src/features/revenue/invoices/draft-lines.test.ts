import { updateInvoice } from "@rainmaker/contracts/revenue/invoices";
import { expect, test } from "vitest";
import { changedLine, linesOf, linesToSend, withNewLine } from "./draft-lines.ts";

const written = {
  position: 1,
  description: "Route planning",
  detail: null,
  quantity: "2",
  unitPrice: { amount: "12.50", currency: "USD" },
  discountPercent: "0",
  taxPercent: "19",
  amount: { amount: "25.00", currency: "USD" },
  creditedQuantity: "0",
};

test("a draft's lines go out as they came in", () => {
  const [line] = linesToSend(linesOf({ lines: [written] }), "USD") as [Record<string, unknown>];
  expect(line).toMatchObject({
    description: "Route planning",
    quantity: "2",
    taxPercent: "19",
    unitPrice: written.unitPrice,
  });
});

test("a new line is taxed as the one before it, and is refused until somebody has written it", () => {
  const lines = withNewLine(linesOf({ lines: [written] }));
  expect(lines[1]).toMatchObject({ description: "", quantity: "1", unitPrice: null, taxPercent: "19" });
  const isFine = (all: typeof lines) => updateInvoice.body.safeParse({ lines: linesToSend(all, "USD") }).success;
  expect(isFine(lines)).toBe(false);
  expect(isFine(changedLine(lines, 1, { description: "Training", unitPrice: "5.00" }))).toBe(true);
});
