import type { FieldError } from "@rainmaker/contracts/problem";
import type { StageRequirement } from "@rainmaker/contracts/sales/pipelines";
import { Refusal } from "#platform/errors";
import type { Stage } from "../pipeline/stage.ts";

/** What a stage can ask about, of a sale as it would enter. */
export type Entering = {
  readonly amountMinor: bigint | null;
  readonly customerId: string | null;
  readonly expectedCloseOn: string | null;
  readonly nextStep: string | null;
  readonly source: string | null;
  readonly priority: string | null;
  readonly description: string | null;
  /** Whether somebody was in touch since it entered the stage it is in. */
  readonly isInTouch: boolean;
};

const asks: Readonly<Record<StageRequirement, { holds: (sale: Entering) => boolean; message: string }>> = {
  amount: { holds: ({ amountMinor }) => amountMinor !== null && amountMinor > 0n, message: "Say what it is worth" },
  customerId: { holds: ({ customerId }) => customerId !== null, message: "Say who buys" },
  expectedCloseOn: { holds: ({ expectedCloseOn }) => expectedCloseOn !== null, message: "Say when it may close" },
  nextStep: { holds: ({ nextStep }) => isSaid(nextStep), message: "Say what comes next" },
  source: { holds: ({ source }) => isSaid(source), message: "Say where it came from" },
  priority: { holds: ({ priority }) => priority !== null, message: "Say how much it matters" },
  description: { holds: ({ description }) => isSaid(description), message: "Describe it" },
  contact: { holds: ({ isInTouch }) => isInTouch, message: "Log a call, meeting or mail first" },
};

function isSaid(text: string | null): boolean {
  return text !== null && text.trim() !== "";
}

/** What a stage asks for and a sale lacks, each by the name of its field. */
export function missingFor({ requirements }: Pick<Stage, "requirements">, sale: Entering): FieldError[] {
  return requirements
    .filter((requirement) => !asks[requirement].holds(sale))
    .map((requirement) => ({ path: requirement, code: "required", message: asks[requirement].message }));
}

/** @throws Refusal 422 that names every field */
export function refuseEntry({ name }: Pick<Stage, "name">, wrong: readonly FieldError[]): void {
  if (wrong.length === 0) return;
  const sentence = `${name} needs more: ${wrong.map(({ message }) => message.toLowerCase()).join("; ")}`;
  throw new Refusal("invalid", "stage_requirements_missing", sentence, { errors: wrong });
}
