import { Problem, type FieldError } from "@rainmaker/contracts/problem";

/** The server said no, in the form every refusal of the API has. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** Stable word: branch on this, never on the sentence. */
  readonly code: string;
  /** What happened and what to do, for people. */
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** The record as it is now, where the refusal is about somebody else's change (409, 412). */
  readonly current: unknown;
  /** For support: finds the request in the server's log. */
  readonly requestId: string;
  /** Seconds until trying again makes sense. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors;
    this.current = problem.current;
    this.requestId = problem.requestId;
    this.retryAfter = retryAfter;
  }

  /** The same refusal in other words, where a screen knows better ones. */
  saying(detail: string): ApiProblem {
    const { status, code, requestId, current, retryAfter } = this;
    const errors = [...this.errors];
    return new ApiProblem({ type: "", title: "", status, code, detail, errors, requestId, current }, retryAfter);
  }
}

/** The request did not reach the server, or no answer came back. */
export class Offline extends Error {
  override readonly name = "Offline";

  constructor() {
    super("You are offline. Nothing was lost; try again when the connection is back.");
  }
}

/** The refusal in an answer; whatever stands between us and the server may answer in another form. */
export async function problemIn(response: Response): Promise<ApiProblem> {
  const header = Number(response.headers.get("retry-after") ?? "");
  const retryAfter = Number.isFinite(header) && header > 0 ? header : null;
  const body: unknown = await response.json().catch(() => null);
  const parsed = Problem.safeParse(body);
  if (parsed.success) return new ApiProblem(parsed.data, retryAfter);
  return new ApiProblem(
    {
      type: "about:blank",
      title: response.statusText,
      status: response.status,
      code: response.status >= 500 ? "unavailable" : "unexpected_answer",
      detail: "The server could not answer. Your data is safe; try again in a moment.",
      errors: [],
      requestId: response.headers.get("x-request-id") ?? "",
    },
    retryAfter,
  );
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.detail;
  if (error instanceof Offline) return error.message;
  return "Something went wrong on our side. Try again; if it happens again, tell us.";
}

export function hasCode(error: unknown, ...codes: readonly string[]): error is ApiProblem {
  return error instanceof ApiProblem && codes.includes(error.code);
}
