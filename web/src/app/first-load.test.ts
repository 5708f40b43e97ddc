import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, test, vi } from "vitest";

type Chunk = Rolldown.OutputChunk;

const web = join(import.meta.dirname, "../..");
const chunks = await bundle();

async function bundle(): Promise<ReadonlyMap<string, Chunk>> {
  // React looks at it and brings what finds faults along.
  vi.stubEnv("NODE_ENV", "production");
  // The one that stands is somebody's: nothing is written.
  const built = await build({ root: web, mode: "production", logLevel: "silent", build: { write: false } });
  const { output } = built as Rolldown.RolldownOutput;
  return new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])));
}

/** The files that somebody loads who loads these modules. */
function filesOf(...modules: readonly string[]): Set<string> {
  const files = new Set<string>();
  const add = (name: string): void => {
    if (files.has(name)) return;
    files.add(name);
    chunks.get(name)?.imports.forEach(add);
  };
  for (const module of modules) {
    const holder = [...chunks.values()].find(({ moduleIds }) => moduleIds.includes(join(web, "src", module)));
    if (holder === undefined) throw new Error(`${module} is in no file`);
    add(holder.fileName);
  }
  return files;
}

function kilobytesOf(files: Iterable<string>): number {
  const bytes = [...files].map((name) => gzipSync(chunks.get(name)?.code ?? "", { level: 9 }).length);
  return bytes.reduce((sum, each) => sum + each, 0) / 1000;
}

const toFirstData = ["app/main.tsx", "app/shell.tsx", "features/analytics/home-page.tsx"];
const afterwards = [
  "app/account-menu.tsx",
  "app/organization-menu.tsx",
  "app/command-palette.tsx",
  "ui/toast-region.tsx",
  "ui/tooltip.tsx",
];
/** What stands on Home besides, by what somebody does. */
const parts = {
  sells: ["features/analytics/earned-details.tsx", "features/analytics/home-details.tsx"],
  verifies: ["features/analytics/verifier-home.tsx"],
};

test("what loads before the first data of Home stays within 150 kB", () => {
  expect(kilobytesOf(filesOf(...toFirstData))).toBeLessThanOrEqual(150);
});

test.each(Object.entries(parts))(
  "all of Home of who %s, with what is fetched when idle, stays within 210 kB",
  (_, own) => {
    expect(kilobytesOf(filesOf(...toFirstData, ...afterwards, ...own))).toBeLessThanOrEqual(210);
  },
);

test("no page adds more than 75 kB to what is there", () => {
  const there = filesOf(...toFirstData, ...afterwards, ...Object.values(parts).flat());
  const pages = [...chunks.values()].flatMap(
    ({ facadeModuleId }) => /src\/(features\/.*-page\.tsx)$/.exec(facadeModuleId ?? "")?.[1] ?? [],
  );
  expect(pages.length).toBeGreaterThan(10);
  const added = pages.map(
    (page) => [page, kilobytesOf([...filesOf(page)].filter((file) => !there.has(file)))] as const,
  );
  expect(added.filter(([, kilobytes]) => kilobytes > 75)).toEqual([]);
});
