import { ApiProblem } from "./api-problem.ts";

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

/**
 * Writes one field of a versioned record. Where somebody changed other fields meanwhile, both changes stand: it is sent
 * again for the newer version. Where it was this field, nothing is written.
 * @param seen the record as it stood when editing began
 * @throws FieldConflict with the record as it is now; ApiProblem and Offline as the call does
 */
export async function saveField<R extends Versioned, Saved>(
  seen: R,
  field: keyof R,
  send: (seenVersion: number) => Promise<Saved>,
): Promise<Saved> {
  let { version } = seen;
  for (let tries = 0; ; tries += 1) {
    try {
      return await send(version);
    } catch (error) {
      const current = currentOf<R>(error);
      if (current === null || tries === mostRetries) throw error;
      if (!isSame(current[field], seen[field])) throw new FieldConflict(current);
      version = current.version;
    }
  }
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
