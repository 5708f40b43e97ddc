import type { ImportId } from "@rainmaker/contracts/ids";
import {
  getImport,
  listImports,
  previewImport,
  updateImportMapping,
  type Import,
  type ImportMapping,
} from "@rainmaker/contracts/records/imports";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { call } from "#lib/api";
import { keyOf, livePages, liveQuery, queryClient } from "#lib/query";
import type * as z from "zod/mini";

type Id = z.output<typeof ImportId>;
export type Preview = ReplyOf<typeof previewImport>;

const pollMs = 1000;

/** Whether something happens to it in the background now. */
export function isBusy({ status }: Pick<Import, "status">): boolean {
  return ["queued", "running", "undoing", "redoing"].includes(status);
}

/** One import. Hints tell of its progress; should one be missed, it is asked for while it runs. */
export function useImport(importId: Id): UseQueryResult<Import> {
  return useQuery({
    ...liveQuery(getImport, { params: { importId } }, ["import"]),
    refetchInterval: ({ state }) => (state.data !== undefined && isBusy(state.data) ? pollMs : false),
  });
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function importsQuery() {
  return livePages(listImports, { query: { limit: "50" } }, ["import"]);
}

/** Puts an answer where every screen reads it. */
export function rememberImport(imported: Import): void {
  queryClient.setQueryData(keyOf(getImport, { params: { importId: imported.id } }), imported);
}

export type MappingDraft = {
  readonly mapping: ImportMapping;
  /** Why the last change was not taken. */
  readonly problem: unknown;
  readonly change: (next: ImportMapping) => void;
  /** Waits until the server has the last change. */
  readonly settle: () => Promise<void>;
};

/** The matching as it is being made. Each change is kept on the server, so that leaving or reloading loses nothing. */
export function useMapping(imported: Import): MappingDraft {
  const [mapping, setMapping] = useState(imported.mapping);
  const [problem, setProblem] = useState<unknown>(null);
  const waiting = useRef<ImportMapping | null>(null);
  const running = useRef<Promise<void> | null>(null);

  // One after the other, and only the last of those that came meanwhile: an older one must never win.
  const drain = async (): Promise<void> => {
    while (waiting.current !== null) {
      const body = waiting.current;
      waiting.current = null;
      try {
        rememberImport(await call(updateImportMapping, { params: { importId: imported.id }, body }));
        setProblem(null);
      } catch (error) {
        setProblem(error);
      }
    }
    running.current = null;
  };
  const change = (next: ImportMapping): void => {
    setMapping(next);
    waiting.current = next;
    running.current ??= drain();
  };
  return { mapping, problem, change, settle: () => running.current ?? Promise.resolve() };
}

/** The dry run, once for each state of what it depends on. */
export function usePreview(importId: Id, dependsOn: unknown, settle: () => Promise<void>): UseQueryResult<Preview> {
  return useQuery({
    queryKey: ["import preview", importId, dependsOn],
    queryFn: async ({ signal }) => {
      await settle();
      return call(previewImport, { params: { importId }, signal });
    },
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
