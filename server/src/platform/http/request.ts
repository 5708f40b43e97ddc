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
  const fault = findUnstorable(value, []);
  if (fault !== undefined) throw invalidRequest([fault]);
  // With the input an issue tells what is missing from what is of another kind.
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw invalidRequest(fieldErrors(parsed.error.issues));
  return parsed.data;
}

function invalidRequest(errors: FieldError[]): Refusal {
  const [first] = errors;
  const where = first === undefined || first.path === "" ? "" : `${first.path}: `;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return new Refusal("invalid", "invalid_request", `${where}${first?.message ?? "Not valid"}${more}`, { errors });
}

/** No contract nests deeper; a body may be nothing but brackets. */
const mostLevels = 32;

/** PostgreSQL stores every character but NUL and halves of surrogate pairs. */
function findUnstorable(value: unknown, path: readonly string[]): FieldError | undefined {
  if (typeof value === "string") return isStorable(value) ? undefined : unstorable(path);
  if (typeof value !== "object" || value === null) return undefined;
  if (path.length === mostLevels)
    return { path: path.slice(0, 3).join("."), code: "too_deep", message: `At most ${mostLevels} levels` };
  for (const [key, inner] of Object.entries(value)) {
    const found = isStorable(key) ? findUnstorable(inner, [...path, key]) : unstorable(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function unstorable(path: readonly string[]): FieldError {
  const message = "A character in this cannot be stored: NUL, or half of a pair";
  return { path: path.join("."), code: "invalid_character", message };
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
