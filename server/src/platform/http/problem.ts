import type { Problem } from "@rainmaker/contracts/problem";
import { Refusal, type RefusalKind } from "../errors.ts";

const statusOf: Record<RefusalKind, number> = {
  unreadable: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method: 405,
  conflict: 409,
  stale: 412,
  too_large: 413,
  unsupported: 415,
  invalid: 422,
  precondition_required: 428,
  limited: 429,
  unavailable: 503,
};

const titles: Record<number, string> = {
  400: "Not readable",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  412: "Changed meanwhile",
  413: "Too large",
  415: "Unsupported media type",
  422: "Not valid",
  428: "Version missing",
  429: "Too many requests",
  500: "Something went wrong on our side",
  503: "Not available now",
};

export type Answer = { readonly status: number; readonly problem: Problem; readonly retryAfter: number | undefined };

/** The one place where what was thrown becomes what the caller reads. Bugs say nothing but their reference. */
export function toAnswer(thrown: unknown, requestId: string): Answer {
  const refusal = thrown instanceof Refusal ? thrown : asRefusal(thrown);
  if (refusal === undefined) {
    const detail = `This was not your fault. If it happens again, send us the reference ${requestId}.`;
    return { status: 500, problem: problemOf(500, "internal_error", detail, requestId), retryAfter: undefined };
  }
  const status = statusOf[refusal.kind];
  const problem = problemOf(status, refusal.code, refusal.message, requestId);
  return {
    status,
    problem: {
      ...problem,
      errors: [...refusal.errors],
      ...(refusal.current === undefined ? {} : { current: refusal.current }),
    },
    retryAfter: refusal.retryAfter,
  };
}

function problemOf(status: number, code: string, detail: string, requestId: string): Problem {
  return {
    type: `urn:rainmaker:problem:${code}`,
    title: titles[status] ?? "Refused",
    status,
    code,
    detail,
    errors: [],
    requestId,
  };
}

/** What the framework and the database refuse by themselves. */
function asRefusal(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code, statusCode } = thrown as { code?: string; statusCode?: number };
  if (code === undefined) return undefined;
  return frameworkRefusal(code, statusCode) ?? databaseRefusal(code, thrown);
}

const partLimits: ReadonlySet<string> = new Set(["FST_FILES_LIMIT", "FST_PARTS_LIMIT", "FST_FIELDS_LIMIT"]);

function frameworkRefusal(code: string, statusCode: number | undefined): Refusal | undefined {
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE" || code === "FST_REQ_FILE_TOO_LARGE") {
    return new Refusal("too_large", "too_large", "This is larger than what is accepted here");
  }
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return new Refusal(
      "unsupported",
      "unsupported_media_type",
      "Send JSON, or multipart/form-data where a file is expected",
    );
  }
  if (partLimits.has(code)) {
    return new Refusal("invalid", "invalid_request", "Send one file, in a part named file, and few fields");
  }
  if (statusCode === 400 || code === "FST_ERR_CTP_INVALID_JSON_BODY") {
    return new Refusal("unreadable", "not_readable", "The request could not be read: it is not well-formed");
  }
  return undefined;
}

const contradictions: ReadonlySet<string> = new Set(["23505", "23503", "23514", "23P01", "23001"]);
const outages: ReadonlySet<string> = new Set(["57014", "53300", "57P01", "57P03", "ECONNREFUSED"]);
const crossings: ReadonlySet<string> = new Set(["40001", "40P01"]);

/** Backstops: the commands check first; what still reaches the database's own rules is answered, not a 500. */
function databaseRefusal(code: string, thrown: Error): Refusal | undefined {
  const { constraint } = thrown as { constraint?: string };
  if (constraint === "self_approval") {
    return new Refusal("forbidden", "self_approval", "Somebody without a stake in this deal has to decide it");
  }
  if (contradictions.has(code)) {
    const sentence = "This contradicts what is already there; reload and look again";
    return new Refusal("conflict", constraint ?? "conflict", sentence);
  }
  if (code.startsWith("22")) {
    return new Refusal("invalid", "invalid_request", "A value in the request cannot be stored");
  }
  if (crossings.has(code)) {
    return new Refusal("unavailable", "busy", "Too much happened at once; try again", { retryAfter: 1 });
  }
  if (outages.has(code)) {
    const sentence = "The database does not answer in time; try again in a moment";
    return new Refusal("unavailable", "unavailable", sentence, { retryAfter: 5 });
  }
  return undefined;
}
