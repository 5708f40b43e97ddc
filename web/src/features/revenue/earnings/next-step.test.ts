import { expect, test } from "vitest";
import { nextStepText } from "./next-step.ts";

const rule = {
  plan: { name: "AE", version: 1 },
  component: "Base",
  credited: { amount: "0.00", currency: "USD" },
  quota: null,
  attainment: null,
};

test("the way to the next rate is one sentence, and none where no rate is higher", () => {
  const missing = { amount: "8400.00", currency: "USD" };
  expect(
    nextStepText({
      rules: [
        { ...rule, next: null },
        { ...rule, next: { missing, rate: "0.12" } },
      ],
    }),
  ).toBe("$8,400.00 more verified revenue pays 12%");
  expect(nextStepText({ rules: [{ ...rule, next: null }] })).toBeUndefined();
});
