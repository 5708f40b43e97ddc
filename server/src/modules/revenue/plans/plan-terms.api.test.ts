import { afterAll, describe, expect, test } from "vitest";
import { openPlanning, rate, terms } from "../../../../test/planning.ts";

const { app, today, writer, draft, begin } = await openPlanning();
afterAll(() => app.close());

describe("what a plan may say", () => {
  test.each([
    [
      "tiers that do not ascend",
      rate({
        tiers: [
          { from: "0", rate: "0.1" },
          { from: "500.00", rate: "0.2" },
          { from: "400.00", rate: "0.3" },
        ],
      }),
      "tiers",
      "tiers_not_ascending",
    ],
    [
      "tiers that do not begin at nothing",
      rate({ tiers: [{ from: "5.00", rate: "0.1" }] }),
      "tiers",
      "tiers_not_contiguous",
    ],
    ["a rate above the whole", rate({ tiers: [{ from: "0", rate: "1.5" }] }), "tiers", "rate_out_of_range"],
    ["a sum with the wrong decimals", rate({ cap: "500.5" }), "cap", "amount_decimals"],
    [
      "a bonus that is neither",
      rate({ bonuses: [{ code: "b", label: "B", from: null }] }),
      "bonuses.0.rate",
      "rate_or_amount",
    ],
    [
      "a formula in place of a rate (A16)",
      rate({ tiers: [{ from: "0", rate: "amount*0.1" }] }),
      "tiers.0.rate",
      "invalid_format",
    ],
    ["what is not known (A16)", { ...rate(), formula: "1+1" }, "formula", "unknown_property"],
    ["no number at all (A15)", rate({ tiers: [{ from: "0", rate: "NaN" }] }), "tiers.0.rate", "invalid_format"],
    ["no end (A15)", rate({ cap: "Infinity" }), "cap", "invalid_format"],
    ["more than fits (A14)", rate({ cap: "99999999999999999999.00" }), "cap", "invalid_format"],
  ])("422 %s", async (_, component, path, code) => {
    const { id, version } = await begin();
    const reply = await draft(id, { terms: terms(component), startsOn: today, seenVersion: version });
    expect(reply.status).toBe(422);
    expect(reply.body.errors).toContainEqual(expect.objectContaining({ path: `terms.components.0.${path}`, code }));
    const { body } = await app.call("GET", `/plans/${id}`, { token: writer.token });
    expect(body.versions[0].version).toBe(version);
  });

  test("422 a sum without a currency; the largest sums there are count exactly (A14)", async () => {
    const { id, version } = await begin();
    const free = { terms: { currency: null, components: [rate()] }, startsOn: today, seenVersion: version };
    expect((await draft(id, free)).body.errors[0].code).toBe("currency_required");
    const most = rate({
      tiers: [
        { from: "0", rate: "0.0000000001" },
        { from: "9999999999999.99", rate: "1" },
      ],
    });
    expect((await draft(id, { terms: terms(most), startsOn: today, seenVersion: version })).status).toBe(200);
  });
});
