import { join } from "node:path";
import type { Rolldown } from "vite";

const roots = ["app/main.tsx", "app/shell.tsx", "features/analytics/home-page.tsx"];

/**
 * The first screen in one file rather than in sixty: small files share nothing when they are compressed, and cost a
 * twelfth more.
 */
export function firstScreenGroup(): Rolldown.CodeSplittingGroup {
  let found: Set<string> | undefined;
  return {
    debugName: "start",
    name: (id, context) => {
      found ??= everythingBelow(context);
      return found.has(id) ? "start" : null;
    },
  };
}

function everythingBelow(context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set<string>();
  const collect = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    // The index of a package leads to all of it; what is used of it comes along by itself.
    if (id.includes("/node_modules/")) return;
    context.getModuleInfo(id)?.importedIds.forEach(collect);
  };
  for (const root of roots) collect(join(import.meta.dirname, "src", root));
  return found;
}
