import type { FieldError } from "@rainmaker/contracts/problem";

export type RefusalKind =
  | "unreadable" // 400: not parseable
  | "unauthorized" // 401: not signed in
  | "forbidden" // 403: may see it, may not do this
  | "not_found" // 404: does not exist, another organization's, or out of reach
  | "method" // 405: the address is known, the method is not
  | "conflict" // 409: the state does not allow it
  | "stale" // 412: changed since it was seen
  | "too_large" // 413
  | "unsupported" // 415: a media type that is not taken here
  | "invalid" // 422: a named field is wrong
  | "precondition_required" // 428: If-Match is missing
  | "limited" // 429: too many
  | "unavailable"; // 503: not now

/**
 * An expected no. Thrown where the rule is, turned into problem+json in one place.
 * Everything else that is thrown is a bug and answers 500.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  /** Stable word for programs. */
  readonly code: string;
  /** Fields that are wrong, where the request names them. */
  readonly errors: readonly FieldError[];
  /** The record as it is now, for 409 and 412. */
  readonly current: unknown;
  /** Seconds until trying again makes sense, for 429 and 503. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: RefusalKind,
    code: string,
    message: string,
    more: { errors?: readonly FieldError[]; current?: unknown; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = "Refusal";
    this.kind = kind;
    this.code = code;
    this.errors = more.errors ?? [];
    this.current = more.current;
    this.retryAfter = more.retryAfter;
  }
}

/** The same words for a record that does not exist, is another organization's, or is out of reach. */
export function notFound(what: string): Refusal {
  return new Refusal("not_found", "not_found", `There is no such ${what}`);
}

/** A field of the request is wrong: 422 with its path. */
export function invalidField(path: string, code: string, message: string): Refusal {
  return new Refusal("invalid", "invalid_request", message, { errors: [{ path, code, message }] });
}

/**
 * Refuses with 412 and the record as it is now, unless the caller saw the current version.
 * @param seenVersion undefined asks for no check
 * @param current reads the record in the form of the wire
 */
export async function refuseStale(
  record: { readonly version: number },
  seenVersion: number | undefined,
  current: () => Promise<unknown>,
): Promise<void> {
  if (seenVersion === undefined || seenVersion === record.version) return;
  throw new Refusal("stale", "stale_version", "Somebody changed this since you saw it", { current: await current() });
}
