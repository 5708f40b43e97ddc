import type { BodyOf } from "@rainmaker/contracts/endpoint";
import { fromWire } from "@rainmaker/contracts/money";
import type {
  createProject as createContract,
  placeDeal as placeContract,
  updateProject as updateContract,
} from "@rainmaker/contracts/revenue/projects";
import { v7 as uuidv7 } from "uuid";
import { changesBetween, patched } from "#platform/audit";
import { invalidField, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import { requireReach } from "#platform/scope";
import { about } from "../deals/announce-deal.ts";
import { getDeal } from "../deals/deals.query.ts";
import { lockDeal } from "../deals/deals.store.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { checkProject, requireFitting, type Project } from "./project.ts";
import { getProject } from "./projects.query.ts";
import {
  hasDeals,
  insertProject,
  lockProject,
  refuseTakenName,
  requireTeams,
  saveDealProject,
  saveProject,
} from "./projects.store.ts";

export async function createProject(ctx: RevenueContext, body: BodyOf<typeof createContract>): Promise<string> {
  const budget = body.budget == null ? null : fromWire(body.budget);
  const project: Project = {
    id: uuidv7(),
    name: body.name,
    description: body.description ?? null,
    teamIds: body.teamIds ?? [],
    budgetMinor: budget?.minor ?? null,
    currency: budget?.currency ?? ctx.organization.currency,
    startsOn: body.startsOn ?? null,
    endsOn: body.endsOn ?? null,
    isClosed: false,
    version: 1,
  };
  await check(ctx, project);
  await insertProject(ctx, project);
  const { id, name } = project;
  ctx.emit({ type: "project.created", recordId: id, label: name, version: 1, facts: { name } });
  return id;
}

export async function updateProject(
  ctx: RevenueContext,
  projectId: string,
  body: BodyOf<typeof updateContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const before = await lockProject(ctx, projectId);
  await refuseStale(before, seenVersion, () => getProject(ctx, projectId));
  const { budget, seenVersion: _, ...facts } = body;
  const changed = patched(before, facts);
  const after = { ...changed, ...(await newBudget(ctx, before, budget)), version: before.version + 1 };
  await check(ctx, after);
  await saveProject(ctx, after);
  const { name } = after;
  ctx.emit({
    type: "project.changed",
    recordId: projectId,
    label: name,
    version: after.version,
    changes: changesBetween(before, after),
    facts: { name },
  });
}

/** @throws Refusal 422 for another currency than that of deals it has already */
async function newBudget(
  ctx: RevenueContext,
  { id, currency, budgetMinor }: Project,
  budget: BodyOf<typeof updateContract>["budget"],
): Promise<Pick<Project, "budgetMinor" | "currency">> {
  if (budget === undefined) return { budgetMinor, currency };
  if (budget === null) return { budgetMinor: null, currency };
  const given = fromWire(budget);
  if (given.currency !== currency && (await hasDeals(ctx, id))) {
    throw invalidField("budget.currency", "currency_differs", `Its deals are in ${currency}`);
  }
  return { budgetMinor: given.minor, currency: given.currency };
}

async function check(ctx: RevenueContext, project: Project): Promise<void> {
  checkProject(project);
  await requireTeams(ctx, project.teamIds);
  await refuseTakenName(ctx, project);
}

/** Puts a deal into a project, or out of it. Its amount, credits and approval have nothing to do with it. */
export async function placeDeal(
  ctx: RevenueContext,
  dealId: string,
  { projectId }: BodyOf<typeof placeContract>,
  { seenVersion }: Asked,
): Promise<void> {
  const deal = await lockDeal(ctx, dealId);
  await requireReach(ctx, "deal.submit", deal.ownerId);
  const project = projectId === null ? null : await lockProject(ctx, projectId);
  if (project !== null) requireFitting(project, deal);
  await refuseStale(deal, seenVersion, () => getDeal(ctx, dealId));
  const version = deal.version + 1;
  await saveDealProject(ctx, dealId, projectId, version);
  const facts = { title: deal.title, project: project?.name ?? null };
  ctx.emit({ type: "deal.placed", ...about({ ...deal, version }), facts });
}
