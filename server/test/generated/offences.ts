/** Code that breaks one rule: where it stands, and which rule has to say so. */
export type Offence = {
  readonly rule: string;
  readonly file: string;
  readonly code: string;
  /** What it imports, where the rule is about imports. */
  readonly specifier?: string;
};

const module = "server/src/modules/sales";
const feature = `${module}/deals`;
const restricted = "eslint(no-restricted-imports)";

const platformIo = "db tenant context http outbox jobs mail storage realtime crypto sequencer bus".split(" ");
const roles = "routes command query store handler job adapter context module projection".split(" ");
const packages = ["kysely", "pg", "node:fs", "fastify", "@fastify/cookie", "@node-rs/argon2", "@aws-sdk/client-s3"];

const leaving = "../../../modules/revenue/payments/payment.ts";
const sql = ["kysely", "pg"];
const http = ["fastify", "@fastify/cookie"];
const siblings = (...names: readonly string[]): string[] => names.map((name) => `./sibling.${name}.ts`);

/** By the kind of file, with the specifiers it may not import. */
const forbiddenImports: readonly (readonly [fileName: string, specifiers: readonly string[]])[] = [
  [`${module}/sales.module`, ["../revenue/index.ts"]],
  [`${feature}/deal`, [leaving, ...packages, ...platformIo.map((name) => `#platform/${name}`), ...siblings(...roles)]],
  [`${feature}/authenticator`, [leaving]],
  [`${feature}/file.adapter`, [leaving]],
  [`${feature}/deals.store`, [leaving, ...http, ...siblings("routes", "command", "handler", "job", "projection")]],
  [`${feature}/deals.query`, [leaving, ...http, ...siblings("routes", "command", "handler", "job", "projection")]],
  [`${feature}/open-deal.command`, [leaving, ...http, ...sql, ...siblings("routes")]],
  [`${feature}/on-won.handler`, [leaving, ...http, ...sql, ...siblings("routes")]],
  [`${feature}/open-deals.job`, [leaving, ...http, ...sql, ...siblings("routes")]],
  [`${feature}/deals.projection`, [leaving, ...http, ...sql, ...siblings("routes", "command", "handler", "job")]],
  [`${feature}/deals.routes`, [leaving, ...sql, ...siblings("store")]],
  ["server/src/platform/clock", ["#modules/sales", "../modules/sales/index.ts"]],
  ["web/src/ui/button", ["#features/sales", "../features/sales/index.ts", "../app/shell.ts"]],
  ["web/src/lib/format", ["#features/sales", "../features/sales/index.ts", "../app/shell.ts"]],
  ["web/src/features/sales/deals-page", ["../revenue/payments-page.ts", "../../app/shell.ts", "../../ui/button.ts"]],
  ["web/src/features/sales/deals/deals-page", ["../../revenue/payments-page.ts", "../../../app/shell.ts"]],
];

/** Sight of the whole organization is for commands, handlers and jobs. */
const mayNotWiden = ["deal", "deals.store", "deals.query", "deals.routes", "file.adapter", "deals.projection"]
  .map((name) => `${feature}/${name}`)
  .concat(`${feature}/authenticator`, `${module}/sales.module`);

/** However something is imported, it is imported. */
const forms: Readonly<Record<string, (specifier: string) => string>> = {
  type: (specifier) => `import type { Thing } from "${specifier}";\nexport type Own = Thing;`,
  "re-export": (specifier) => `export { thing } from "${specifier}";`,
  "re-export-of-type": (specifier) => `export type { Thing } from "${specifier}";`,
  "re-export-of-all": (specifier) => `export * from "${specifier}";`,
  later: (specifier) => `export const load = (): unknown => import("${specifier}");`,
};

export function importOffences(): Offence[] {
  return [
    ...forbiddenImports.flatMap(([name, specifiers]) =>
      specifiers.map((specifier, index) => offence(`${name}#${index}`, specifier, importing(specifier, "thing"))),
    ),
    ...mayNotWiden.map((name) => offence(`${name}#widen`, "#platform/scope", importing("#platform/scope", "widen"))),
    ...Object.entries(forms).flatMap(([form, write]) => [
      offence(`${feature}/pure#${form}`, "kysely", write("kysely")),
      offence(`${feature}/deal.store#${form}`, leaving, write(leaving)),
    ]),
  ];
}

function importing(specifier: string, name: string): string {
  return `import { ${name} } from "${specifier}";\nexport const used = [${name}];`;
}

/** The part after # goes where it leaves the role at the end: deals.store#2 is deals-2.store.ts. */
function offence(name: string, specifier: string, code: string): Offence {
  const [path = "", mark = ""] = name.split("#");
  const at = path.indexOf(".", path.lastIndexOf("/"));
  const isExact = path.endsWith("/authenticator");
  const marked = at === -1 ? `${path}-${mark}` : `${path.slice(0, at)}-${mark}${path.slice(at)}`;
  // The one file that is named in full stands in a feature of its own instead.
  const file = isExact ? path.replace("/deals/", `/deals-${mark}/`) : marked;
  return { rule: restricted, file: `${file}.ts`, code: `${code}\n`, specifier };
}
