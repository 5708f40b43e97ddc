import { fieldErrors, type FieldError } from "@rainmaker/contracts/problem";
import type * as z from "zod/mini";
import { notFound, Refusal } from "../errors.ts";

/** Path parameters: an id that is not an id names nothing. */
export function parseParams<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw notFound("record");
  return parsed.data;
}

/** Body or query: 422 that names each wrong field, unknown properties included. */
export function parseInput<S extends z.ZodMiniType>(schema: S, value: unknown): z.output<S> {
  const nul = findNul(value, []);
  if (nul !== undefined)
    throw invalidRequest([{ path: nul, code: "invalid_character", message: "The NUL character cannot be stored" }]);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidRequest(fieldErrors(parsed.error.issues));
  return parsed.data;
}

function invalidRequest(errors: FieldError[]): Refusal {
  const [first] = errors;
  const where = first === undefined || first.path === "" ? "" : `${first.path}: `;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new Refusal("invalid", "invalid_request", `${where}${first?.message ?? "Not valid"}${more}`, { errors });
}

/** PostgreSQL stores every character but this one. */
function findNul(value: unknown, path: readonly string[]): string | undefined {
  if (typeof value === "string") return value.includes("\0") ? path.join(".") : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = key.includes("\0") ? path.join(".") : findNul(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The version the caller saw: If-Match, or `seenVersion` of the body.
 * @returns undefined where neither is given
 */
export function seenVersionOf(ifMatch: string | undefined, body: unknown): number | undefined {
  if (ifMatch !== undefined) {
    const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
    if (version === undefined) {
      throw new Refusal(
        "unreadable",
        "if_match_not_readable",
        'Write If-Match as the version in quotes, for example "3"',
      );
    }
    return Number(version);
  }
  const seen = typeof body === "object" && body !== null && "seenVersion" in body ? body.seenVersion : undefined;
  return typeof seen === "number" ? seen : undefined;
}

export function requireSeenVersion(version: number | undefined): void {
  if (version === undefined) {
    throw new Refusal(
      "precondition_required",
      "if_match_missing",
      'Say which version you saw: If-Match: "<version>", or seenVersion in the body',
    );
  }
}
