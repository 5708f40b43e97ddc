import type { CaseInputs, CaseOperation, PlanConfig } from "@rainmaker/contracts/revenue/plan-cases";

/** What each operation makes of a plan and its inputs, in the shape of the vectors' `expected`. */
export type Evaluators = {
  readonly [Operation in CaseOperation]: (plan: PlanConfig, inputs: CaseInputs<Operation>) => unknown;
};
