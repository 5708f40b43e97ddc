const feature = "server/src/modules/sales/deals";
const importing = (...imports: readonly (readonly [name: string, specifier: string])[]): string =>
  `${imports.map(([name, specifier]) => `import { ${name} } from "${specifier}";`).join("\n")}
export const used = [${imports.map(([name]) => name).join(", ")}];
`;
const statements = (count: number): string => Array.from({ length: count }, (_, n) => `  total += ${n};`).join("\n");

/** What each kind of file is for: the fences have nothing to say about it. */
export const lawfulTree: Readonly<Record<string, string>> = {
  "server/src/modules/sales/index.ts": 'export { sales } from "./sales.module.ts";\n',
  "server/src/modules/sales/sales.module.ts": importing(
    ["organization", "#modules/organization"],
    ["sql", "kysely"],
    ["route", "./deals/deals.routes.ts"],
  ).replace("used", "sales"),
  [`${feature}/deal.ts`]: importing(
    ["toWire", "@rainmaker/contracts/money"],
    ["Refusal", "#platform/errors"],
    ["withinReach", "#platform/scope"],
    ["other", "../customers/customer.ts"],
    ["record", "#modules/records"],
  ),
  [`${feature}/deals.store.ts`]: importing(
    ["sql", "kysely"],
    ["deal", "./deal.ts"],
    ["withinReach", "#platform/scope"],
  ),
  [`${feature}/deals.query.ts`]: importing(
    ["sql", "kysely"],
    ["store", "./deals.store.ts"],
    ["page", "#platform/page"],
  ),
  [`${feature}/open-deal.command.ts`]: importing(["insertDeal", "./deals.store.ts"], ["widen", "#platform/scope"]),
  [`${feature}/on-won.handler.ts`]: importing(["openDeal", "./open-deal.command.ts"], ["widen", "#platform/scope"]),
  [`${feature}/open-deals.job.ts`]: importing(["openDeal", "./open-deal.command.ts"], ["widen", "#platform/scope"]),
  [`${feature}/deals.projection.ts`]: importing(["addDeal", "./deals.store.ts"], ["rooms", "#platform/realtime"]),
  [`${feature}/deals.routes.ts`]: importing(
    ["serve", "#platform/http"],
    ["openDeal", "./open-deal.command.ts"],
    ["listDeals", "./deals.query.ts"],
  ),
  [`${feature}/file.adapter.ts`]: importing(["parse", "csv-parse"], ["deal", "./deal.ts"]),
  "server/src/modules/sales/sessions/authenticator.ts": importing(
    ["bus", "#platform/bus"],
    ["find", "./actors.query.ts"],
  ),
  [`${feature}/deals.api.test.ts`]: `import { expect, test } from "vitest";
import { openApp } from "../../../../test/app.ts";

test("a test may come from anywhere and be long", () => {
  let total = 0;
${statements(400)}
  expect([total, openApp]).toHaveLength(2);
});
`,
  "server/src/platform/http.ts": importing(["fastify", "fastify"], ["readFileSync", "node:fs"]),
  "server/src/processes/modules.ts": importing(["sales", "#modules/sales"], ["scope", "#platform/scope"]),
  "web/src/ui/button.tsx": importing(["cn", "../lib/class-names.ts"]),
  "web/src/lib/api.ts": importing(["money", "@rainmaker/contracts/money"]),
  "web/src/features/sales/deals-page.tsx": `import { Button } from "#ui/button";
import { revenue } from "#features/revenue";
import { near } from "./near.ts";

export function sum(): unknown[] {
  let total = 0;
${statements(100)}
  return [Button, revenue, near, total];
}
`,
  "web/src/features/sales/deals/deal-page.tsx": importing(["list", "../deals-page.tsx"], ["near", "./near.ts"]),
  "web/src/app/routes.tsx": importing(["sales", "#features/sales"], ["shell", "./shell.tsx"]),
  "contracts/src/deals.ts": `import * as z from "zod/mini";
export const page = () => z.object({});
`,
};
