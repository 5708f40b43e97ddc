import type { Endpoint, ReplyOf } from "@rainmaker/contracts/endpoint";
import { ApiProblem } from "./api-problem.ts";
import { invalidateEntities, showAtOnce } from "./query.ts";

type Versioned = { readonly version: number };

/** Somebody else has changed the same field meanwhile: theirs stands, ours was not written. */
export class FieldConflict<R extends Versioned = Versioned> extends Error {
  override readonly name = "FieldConflict";
  /** The record as it is now. */
  readonly current: R;

  constructor(current: R) {
    super("Somebody else has changed this meanwhile.");
    this.current = current;
  }
}

/** Every retry meets a newer version; more than this many in a row is a fight, not a coincidence. */
const mostRetries = 3;

/** What of a record is compared: a field of it, or a part of one. */
type Part<R> = keyof R | ((record: R) => unknown);

function partOf<R>(record: R, part: Part<R>): unknown {
  return typeof part === "function" ? part(record) : record[part];
}

/**
 * Writes one field of a versioned record. Where somebody changed other fields meanwhile, both changes stand: it is sent
 * again for the newer version. Where it was this field, nothing is written.
 * @param seen the record as it stood when editing began
 * @throws FieldConflict with the record as it is now; ApiProblem and Offline as the call does
 */
export async function saveField<R extends Versioned, Saved>(
  seen: R,
  field: Part<R>,
  send: (seenVersion: number) => Promise<Saved>,
): Promise<Saved> {
  let { version } = seen;
  for (let tries = 0; ; tries += 1) {
    try {
      return await send(version);
    } catch (error) {
      const current = currentOf<R>(error);
      if (current === null || tries === mostRetries) throw error;
      if (!isSame(partOf(current, field), partOf(seen, field))) throw new FieldConflict(current);
      version = current.version;
    }
  }
}

type Shown = Versioned & { readonly id: string };

type FactWriter<Saved> = {
  /** Writes it over the version that was seen. */
  readonly send: (seenVersion: number) => Promise<Saved>;
  /** Entities whose lists show it. */
  readonly entities: readonly string[];
  /** What of the field is written, where that is a part of it: others may change the rest meanwhile. */
  readonly part?: (record: never) => unknown;
};

/**
 * Writes one fact of a record that is on the screen: shown at once, and taken back where it fails. What somebody else
 * changed beside it stands.
 * @param reading the contract that reads the record
 * @throws FieldConflict where somebody else changed the same fact
 */
export async function saveShownField<
  E extends Endpoint,
  R extends ReplyOf<E> & Shown,
  K extends keyof R,
  Saved extends Shown,
>(reading: E, record: R, field: K, value: R[K], { send, entities, part }: FactWriter<Saved>): Promise<void> {
  const { id } = record;
  const show = (known: object): (() => void) =>
    showAtOnce(reading, (reply) => (isOf(reply, id) ? { ...reply, ...known } : reply));
  const takeBack = show({ [field]: value });
  try {
    show(await saveField(record, (part as ((one: R) => unknown) | undefined) ?? field, send));
  } catch (error) {
    takeBack();
    if (error instanceof FieldConflict) show(error.current);
    throw error;
  } finally {
    void invalidateEntities(entities);
  }
}

type Listing<Row> = { readonly items: readonly Row[] };

/**
 * Writes one fact of a record that stands in a list: shown there at once, and taken back where it fails.
 * @param listing the contract that lists such records
 * @param known what the lists show of what the write answered
 * @throws FieldConflict where somebody else changed the same fact
 */
export async function saveListedField<
  E extends Endpoint,
  R extends Shown & (ReplyOf<E> extends Listing<infer Row> ? Row : never),
  K extends keyof R,
>(listing: E, row: R, field: K, value: R[K], { send, entities }: FactWriter<Shown & Pick<R, K>>): Promise<void> {
  const show = (known: Partial<R>): (() => void) =>
    showAtOnce(listing, (reply) => {
      const { items } = reply as Listing<Shown>;
      return {
        ...(reply as object),
        items: items.map((item) => (item.id === row.id ? { ...item, ...known } : item)),
      } as never;
    });
  const shown = (record: Shown & Pick<R, K>): Partial<R> =>
    ({ [field]: record[field], version: record.version }) as unknown as Partial<R>;
  const takeBack = show({ [field]: value } as unknown as Partial<R>);
  try {
    show(shown(await saveField<Shown & Pick<R, K>, Shown & Pick<R, K>>(row, field, send)));
  } catch (error) {
    takeBack();
    if (error instanceof FieldConflict) show(shown(error.current as Shown & Pick<R, K>));
    throw error;
  } finally {
    void invalidateEntities(entities);
  }
}

function isOf<Reply>(reply: Reply, id: string): reply is Reply & Shown {
  return typeof reply === "object" && reply !== null && "id" in reply && reply.id === id;
}

/** The record that a refusal for a stale version carries. */
function currentOf<R extends Versioned>(error: unknown): R | null {
  if (!(error instanceof ApiProblem) || error.code !== "stale_version") return null;
  const { current } = error;
  const isRecord = typeof current === "object" && current !== null && "version" in current;
  return isRecord ? (current as R) : null;
}

/** Fields are plain JSON. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
