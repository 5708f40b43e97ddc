import type { Filter } from "@rainmaker/contracts/records/filters";
import {
  cancelBulkChange,
  getBulkChange,
  startBulkChange,
  tryBulkChange,
  undoBulkChange,
  type BulkAction,
  type BulkChange,
} from "@rainmaker/contracts/records/bulk";
import { createExport, readExport, type ViewEntity } from "@rainmaker/contracts/records/views";
import type { BulkChangeId } from "@rainmaker/contracts/ids";
import type { ReplyOf } from "@rainmaker/contracts/endpoint";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, callForFile } from "#lib/api";
import { saveFile } from "#lib/files";
import { browserTimeZone, formatCount, formatCountOf } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, liveQuery } from "#lib/query";
import { notify, notifyFailure, notifyUndo } from "#lib/toasts";

export type Trial = ReplyOf<typeof tryBulkChange>;

/** The chosen rows, or everything the list shows. */
export type Selected = { readonly kind: "rows"; readonly ids: readonly string[] } | { readonly kind: "all" };

/** What a change is asked of: the rows by id, or the filter of the list. */
export function filterOf(selected: Selected, shown: Filter): Filter {
  if (selected.kind === "all") return shown;
  return { match: "all", rules: [{ field: "id", operator: "in", value: [...selected.ids] }] };
}

export function tryOut(entity: ViewEntity, filter: Filter, action: BulkAction): Promise<Trial> {
  return call(tryBulkChange, { body: { entity, filter, action, timeZone: browserTimeZone() } });
}

const nouns: Readonly<Record<ViewEntity, readonly [string, string]>> = {
  customer: ["customer", "customers"],
  contact: ["contact", "contacts"],
  opportunity: ["opportunity", "opportunities"],
};

export function nounsOf(entity: ViewEntity): string {
  return nouns[entity][1];
}

export function countWords(entity: ViewEntity, count: number): string {
  return formatCountOf(count, ...nouns[entity]);
}

type Bulk = {
  /** The one at work; null while nothing is. */
  readonly running: BulkChange | null;
  /** @returns whether it was taken on */
  readonly start: (filter: Filter, action: BulkAction, confirmedCount?: number) => Promise<boolean>;
  /** Leaves the rest as it is. */
  readonly stop: () => void;
};

const pollMs = 700;
const atWork = new Set<BulkChange["status"]>(["queued", "running", "undoing"]);

/** Starts changes of many records, follows them, and offers to take them back when they are done. */
export function useBulk(entity: ViewEntity): Bulk {
  const [followed, setFollowed] = useState<Pick<BulkChange, "id" | "version"> | null>(null);
  const id = followed?.id ?? null;
  // Doing the same again later is another intent; a double click is not.
  const [lastId, setLastId] = useState<BulkChangeId | null>(null);
  const keyFor = useIntentKey();
  const { data } = useQuery({
    ...liveQuery(getBulkChange, { params: { bulkChangeId: id ?? ("" as BulkChangeId) } }, ["bulk"]),
    enabled: id !== null,
    // Hints come too; where the socket is away nobody would hear of the end.
    refetchInterval: pollMs,
  });
  // What was known of it before it was asked to be undone is of no use.
  const change = followed !== null && data?.id === id && data.version >= followed.version ? data : null;
  useEffect(() => {
    if (change === null || atWork.has(change.status)) return;
    // oxlint-disable-next-line react/set-state-in-effect -- the end is told once, and then nothing is followed
    setFollowed(null);
    void invalidateEntities([entity]);
    if (change.status === "undone") tellUndone(entity, change);
    else tellDone(entity, change, async () => setFollowed(await takeBack(change.id)));
  }, [change, entity]);

  const start = async (filter: Filter, action: BulkAction, confirmedCount?: number): Promise<boolean> => {
    try {
      const said = confirmedCount === undefined ? {} : { confirmedCount };
      const body = { entity, filter, action, timeZone: browserTimeZone(), ...said };
      const made = await call(startBulkChange, { body, idempotencyKey: keyFor({ body, after: lastId }) });
      setFollowed(made);
      setLastId(made.id);
      return true;
    } catch (error) {
      notifyFailure("Nothing was changed", error);
      return false;
    }
  };
  const stop = (): void => {
    if (followed === null) return;
    call(cancelBulkChange, { params: { bulkChangeId: followed.id } })
      .catch((error: unknown) => notifyFailure("It could not be stopped", error))
      .finally(() => void invalidateEntities(["bulk"]));
  };
  return { running: change, start, stop };
}

async function takeBack(bulkChangeId: BulkChangeId): Promise<BulkChange> {
  const change = await call(undoBulkChange, { params: { bulkChangeId } });
  void invalidateEntities(["bulk"]);
  return change;
}

function tellDone(
  entity: ViewEntity,
  { changed, refused, refusals, failure }: BulkChange,
  undo: () => Promise<void>,
): void {
  const reasons = refusals.map(({ message, rows }) => `${formatCount(rows)}: ${message}`).join("; ");
  if (refused > 0 || failure !== null) {
    const title = `${countWords(entity, refused)} could not be changed`;
    notify({ tone: "failed", title, detail: failure ?? reasons });
  }
  if (changed > 0) notifyUndo(`Changed ${countWords(entity, changed)}`, undo);
  else if (refused === 0) notify({ tone: "done", title: "They are like that already" });
}

function tellUndone(entity: ViewEntity, { undo }: BulkChange): void {
  const { restored = 0, kept = 0 } = undo ?? {};
  const detail = kept === 0 ? undefined : `${countWords(entity, kept)} stayed: somebody changed them since`;
  notify({ tone: "done", title: `Put back ${countWords(entity, restored)}`, ...(detail !== undefined && { detail }) });
}

/** Takes a list out as a file, as it is shown. */
export async function exportRecords(
  entity: ViewEntity,
  filter: Filter,
  sort: string | undefined,
  columns: readonly string[],
): Promise<void> {
  try {
    const body = { entity, filter, sort: sort ?? null, columns: [...columns], timeZone: browserTimeZone() };
    const { id, fileName } = await call(createExport, { body });
    saveFile(await callForFile(readExport, { params: { exportId: id } }), fileName);
  } catch (error) {
    notifyFailure("Nothing was exported", error);
  }
}
