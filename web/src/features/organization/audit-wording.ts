export type AuditTone = "neutral" | "success" | "warning" | "danger" | "brand" | "earn";

export type Facts = Readonly<Record<string, unknown>>;
export type Wording = {
  /** What happened, as a noun and a participle: "Payment verified". */
  readonly action: string;
  readonly tone?: AuditTone;
  /** The facts worth a line. */
  readonly detail?: (facts: Facts) => string;
};

/** A fact that is words already. */
export function text(name: string): (facts: Facts) => string {
  return (facts) => (typeof facts[name] === "string" ? facts[name] : "");
}
