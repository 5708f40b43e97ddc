import type { PlanId } from "@rainmaker/contracts/ids";
import {
  approvePlan,
  createPlanVersion,
  listPlans,
  readPlan,
  readPlanDocument,
  returnPlan,
  savePlanDraft,
  simulatePlan,
  submitPlan,
  type Plan,
  type PlanTerms,
  type Simulation,
} from "@rainmaker/contracts/revenue/plans";
import { useState } from "react";
import { call } from "#lib/api";
import { ApiProblem, hasCode, sentenceOf } from "#lib/api-problem";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities, keyOf, liveQuery, queryClient } from "#lib/query";
import { notify } from "#lib/toasts";

export const plansQuery = liveQuery(listPlans, {}, ["plan"]);
export const planDocumentQuery = liveQuery(readPlanDocument, {}, ["plan"]);

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function planQuery(planId: PlanId) {
  return liveQuery(readPlan, { params: { planId } }, ["plan", "quota"]);
}

/** A path of the terms, as the server names it, and what is wrong there. */
export type Faults = ReadonlyMap<string, string>;

type Act = "save" | "submit" | "return" | "approve" | "begin" | "simulate";

export type PlanActs = {
  readonly busy: Act | null;
  readonly faults: Faults;
  readonly simulation: Simulation | null;
  readonly save: (terms: PlanTerms, startsOn: string | null) => Promise<boolean>;
  readonly submit: () => Promise<boolean>;
  readonly giveBack: (reason: string) => Promise<boolean>;
  readonly approve: () => Promise<boolean>;
  readonly begin: () => Promise<boolean>;
  readonly simulate: () => Promise<boolean>;
};

/** What can be done with a plan, one thing at a time. What a field is to blame for is shown at the field. */
export function usePlanActs({ id, version }: Pick<Plan, "id" | "version">): PlanActs {
  const { act, ...state } = useActs(id);
  const key = useIntentKey();
  const params = { planId: id };
  const once = (what: Act, more = {}): string => key({ id, version, what, ...more });
  return {
    ...state,
    save: (terms, startsOn) =>
      act("save", () => call(savePlanDraft, { params, body: { terms, startsOn }, seenVersion: version })),
    submit: () => act("submit", () => call(submitPlan, { params, idempotencyKey: once("submit") })),
    giveBack: (reason) =>
      act("return", () => call(returnPlan, { params, body: { reason }, idempotencyKey: once("return", { reason }) })),
    approve: () => {
      const body = { seenVersion: version };
      return act("approve", () => call(approvePlan, { params, body, idempotencyKey: once("approve") }));
    },
    begin: () => act("begin", () => call(createPlanVersion, { params, idempotencyKey: once("begin") })),
    simulate: () => act("simulate", () => call(simulatePlan, { params })),
  };
}

type Acting = Pick<PlanActs, "busy" | "faults" | "simulation"> & {
  readonly act: (name: Act, send: () => Promise<Plan | Simulation>) => Promise<boolean>;
};

function useActs(planId: PlanId): Acting {
  const [busy, setBusy] = useState<Act | null>(null);
  const [faults, setFaults] = useState<Faults>(new Map());
  const [simulation, setSimulation] = useState<Simulation | null>(null);
  const act: Acting["act"] = async (name, send) => {
    if (busy !== null) return false;
    setBusy(name);
    try {
      const reply = await send();
      if ("versions" in reply) queryClient.setQueryData(keyOf(readPlan, { params: { planId } }), reply);
      else setSimulation(reply);
      setFaults(new Map());
      const done = told[name];
      if (done !== null) notify({ tone: "done", title: done });
      return true;
    } catch (error) {
      setFaults(faultsOf(error));
      sayFailed(name, error);
      return false;
    } finally {
      setBusy(null);
      void queryClient.invalidateQueries({ queryKey: plansQuery.queryKey });
    }
  };
  return { busy, faults, simulation, act };
}

function sayFailed(name: Act, error: unknown): void {
  const isStale = hasCode(error, "stale_version");
  const detail = isStale ? "Somebody else changed it meanwhile: what it says now is shown." : sentenceOf(error);
  notify({ tone: "failed", title: failures[name], detail });
  if (isStale) void invalidateEntities(["plan"]);
}

const told: Readonly<Record<Act, string | null>> = {
  save: "Draft saved",
  submit: "Sent to be approved",
  return: "Sent back to its draft",
  approve: "Plan approved",
  begin: "Version begun",
  simulate: null,
};

const failures: Readonly<Record<Act, string>> = {
  save: "The draft was not saved",
  submit: "The plan was not sent",
  return: "The plan was not sent back",
  approve: "The plan was not approved",
  begin: "No version was begun",
  simulate: "The dry run could not be made",
};

function faultsOf(error: unknown): Faults {
  if (!(error instanceof ApiProblem)) return new Map();
  return new Map(error.errors.map(({ path, message }) => [path.replace(/^terms\./, ""), message]));
}
