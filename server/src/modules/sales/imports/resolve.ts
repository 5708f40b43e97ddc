import type { Proposal, RowFault } from "#modules/records";

/** What a value of a relation's column stands for in a row. */
export type Resolved =
  | { readonly kind: "record"; readonly id: string }
  /** It will be made before the row is written. */
  | { readonly kind: "new" }
  | { readonly kind: "none" }
  | { readonly kind: "fault"; readonly fault: RowFault };

const labels: Record<string, string> = { customer: "customer", product: "product", stage: "stage", owner: "member" };

/** Looks values up among the proposals, which were made for all values of the file or chunk at once. */
export class Resolver {
  readonly #byValue: ReadonlyMap<string, Proposal>;
  readonly #chosen: Readonly<Record<string, Readonly<Record<string, string>>>>;

  constructor(proposals: readonly Proposal[], chosen: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) {
    this.#byValue = new Map(proposals.map((proposal) => [`${proposal.field}\0${proposal.value}`, proposal]));
    this.#chosen = chosen;
  }

  resolve(field: string, value: unknown): Resolved {
    if (typeof value !== "string") return { kind: "none" };
    const proposal = this.#byValue.get(`${field}\0${value}`);
    if (proposal === undefined) return { kind: "none" };
    const { target, verdict, candidates } = proposal;
    if (target === "create") return { kind: "new" };
    if (target !== "empty") return { kind: "record", id: target };
    // Left empty by choice is an answer; left empty because nobody chose is not.
    if (this.#chosen[field]?.[value] === "empty") return { kind: "none" };
    const label = labels[field] ?? field;
    if (verdict === "ambiguous") {
      const message = `Several ${label}s are called ${value}: ${candidates.map((candidate) => candidate.label).join(", ")}`;
      return { kind: "fault", fault: { field, code: `${field}_ambiguous`, message } };
    }
    return {
      kind: "fault",
      fault: { field, code: `${field}_unknown`, message: `There is no ${label} ${value}, and you may not make one` },
    };
  }
}
