import * as z from "zod/mini";

/** RFC 9457 problem details: every refusal of the API has this form. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** Stable word for programs: branch on this, never on the sentences. */
  code: z.string(),
  /** One sentence for people: what happened and what to do. */
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  requestId: z.string(),
  /** The record as it is now, where the refusal is about somebody else's change (409, 412). */
  current: z.optional(z.unknown()),
});
export type Problem = z.output<typeof Problem>;
export type FieldError = Problem["errors"][number];

/** Turns the issues of a failed parse into named fields with a sentence each; the web shows the same ones. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: joinPath([...issue.path, key]),
        code: "unknown_property",
        message: "This property is not known here",
      }));
    }
    return [{ path: joinPath(issue.path), code: codeOf(issue), message: messageOf(issue) }];
  });
}

function joinPath(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.input === undefined;
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom") return typeof issue.params?.["code"] === "string" ? issue.params["code"] : "invalid";
  return isMissing(issue) ? "required" : issue.code;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom") return issue.message;
  if (isMissing(issue)) return "This is required";
  switch (issue.code) {
    case "invalid_type":
      return `Expected ${issue.expected}`;
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return `At most ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_format":
      return formatMessages[issue.format] ?? "This is not in the expected form";
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return "options" in issue && Array.isArray(issue.options) ? oneOf(issue.options) : "None of the possible forms";
    default:
      return "This is not valid";
  }
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  return origin === "string" && minimum === 1 ? "This is required" : `At least ${minimum}${unitOf(origin)}`;
}

function oneOf(values: readonly unknown[]): string {
  return `One of ${values.map(String).join(", ")}`;
}

const formatMessages: Record<string, string> = {
  email: "Write an e-mail address such as name@company.com",
  uuid: "Expected an id",
  date: "Write a day as YYYY-MM-DD",
  datetime: "Write an instant as YYYY-MM-DDTHH:MM:SSZ",
};

function unitOf(origin: string): string {
  if (origin === "string") return " characters";
  return origin === "array" ? " items" : "";
}
