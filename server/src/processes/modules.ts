import { analytics } from "#modules/analytics";
import { organizationModule, type SessionKeys } from "#modules/organization";
import { records } from "#modules/records";
import { revenue } from "#modules/revenue";
import { sales } from "#modules/sales";
import type { Module } from "#platform/module";

/** All modules, left to right: a module may import only those before it (architecture.test.ts). */
export function allModules(keys: SessionKeys): readonly Module[] {
  return [organizationModule(keys), records, sales, revenue, analytics];
}

/** Connects what modules ask to the modules that answer, once for the whole process. */
export function connectPorts(modules: readonly Module[]): () => void {
  const provided = modules.flatMap((module) => module.provides ?? []);
  for (const { disconnect } of provided) disconnect();
  for (const { connect } of provided) connect();
  return () => {
    for (const { disconnect } of provided) disconnect();
  };
}
