import { dayIn } from "@rainmaker/contracts/time";
import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import type { Importer, ParsedRow, Proposal, RowFault, RowPlan, RowResult } from "#modules/records";
import { actingMember, requirePermission, type Context } from "#platform/context";
import { visibleMembers, widen } from "#platform/scope";
import { verdictFor, type Editable, type Known } from "../imports/known.ts";
import { makeRelations } from "../imports/make-relations.command.ts";
import { proposeRelations } from "../imports/relations.query.ts";
import { Resolver } from "../imports/resolve.ts";
import { plannedAs, resultsOf } from "../imports/row-results.ts";
import type { Stage } from "../pipeline/stage.ts";
import { opportunitiesHeld, opportunitiesWon } from "../sales.ports.ts";
import {
  findExternalIds,
  insertImported,
  readImportTarget,
  trashImported,
  updateImported,
  type ImportedOpportunity,
} from "./opportunity-import.store.ts";
import { opportunityFields, toOpportunityRow, type OpportunityRow } from "./opportunity-import.ts";
import { rankOnTop } from "./rank.ts";

/** How opportunities are imported. Rows end in the same stages and under the same rules as if they were moved there. */
export const opportunityImporter: Importer<Context> = {
  entity: "opportunity",
  fields: opportunityFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  undo,
};

type Data = { readonly row: OpportunityRow; readonly existingId: string | null };

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Set<string>,
): Promise<RowPlan[]> {
  const resolver = new Resolver(proposals, options.values);
  const { stages, firstOpen } = await readImportTarget(ctx, options);
  const assignable = await visibleMembers(ctx, "opportunity.assign");
  const editable = await visibleMembers(ctx, "opportunity.edit");
  // In a dry run too: what it promises is what the run will do, and the run meets everybody's records.
  widen(ctx);
  const known = await findExternalIds(ctx, rows.flatMap(({ values }) => values.get("externalId") ?? []).map(String));
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const importer = actingMember(ctx);
  return rows.map((parsed) => {
    const relation = (field: string): ReturnType<Resolver["resolve"]> =>
      resolver.resolve(field, parsed.values.get(field));
    const relations = { customer: relation("customer"), owner: relation("owner"), product: relation("product") };
    const stage = relation("stage");
    const faults = [...Object.values(relations), stage].flatMap((resolved) =>
      resolved.kind === "fault" ? [resolved.fault] : [],
    );
    const { row, faults: wrong } = toOpportunityRow(
      parsed,
      { ...relations, stage: stageOf(stage, stages, firstOpen) },
      importer,
      today,
    );
    const all = [...faults, ...wrong, ...ownerFaults(row, importer, assignable)];
    return verdictOf(parsed.row, row, all, { known, editable }, options, seen);
  });
}

function stageOf(resolved: ReturnType<Resolver["resolve"]>, stages: readonly Stage[], firstOpen: Stage): Stage | null {
  if (resolved.kind === "new") return null;
  if (resolved.kind === "record") return stages.find(({ id }) => id === resolved.id) ?? firstOpen;
  return firstOpen;
}

/** Nobody imports what they could not create by hand: for others only within their reach. */
function ownerFaults(
  { ownerId }: OpportunityRow,
  importer: string,
  assignable: ReadonlySet<string> | "all",
): RowFault[] {
  if (ownerId === null || ownerId === importer || assignable === "all" || assignable.has(ownerId)) return [];
  return [{ field: "owner", code: "owner_beyond_reach", message: "You may not create opportunities for this person" }];
}

type Here = {
  readonly known: ReadonlyMap<string, Known>;
  /** Whose opportunities the importer may change. */
  readonly editable: Editable;
};

function verdictOf(
  place: number,
  row: OpportunityRow,
  faults: readonly RowFault[],
  { known, editable }: Here,
  options: ImportOptions,
  seen: Set<string>,
): RowPlan {
  if (faults.length > 0) return { row: place, verdict: "fail", faults, data: null };
  const { externalId } = row;
  const existing = externalId === null ? null : (known.get(externalId) ?? null);
  const isRepeated = externalId !== null && seen.has(externalId);
  if (externalId !== null) seen.add(externalId);
  const data: Data = { row, existingId: existing?.id ?? null };
  return { row: place, ...verdictFor("opportunity", { existing, isRepeated }, options, editable), data };
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "opportunity.create");
  widen(ctx);
  const created = plannedAs<Data>(plans, "create").map(({ place, data }) => toImported(ctx, place, data));
  const updated = plannedAs<Data>(plans, "update").map(({ place, data }) => ({
    place,
    id: data.existingId ?? "",
    row: data.row,
  }));
  const inserted = await insertImported(ctx, created, options);
  const changed = await updateImported(
    ctx,
    updated.map(({ row, id }) => ({ ...row, id })),
    options,
  );
  const won = inserted.filter(
    ({ closedOn, amountMinor, customerId }) => closedOn !== null && amountMinor !== null && customerId !== null,
  );
  const isWon = new Set(created.filter(({ row }) => row.stage.kind === "won").map(({ id }) => id));
  const wins = won.filter(({ id }) => isWon.has(id));
  if (options.openDeals === true && wins.length > 0) await opportunitiesWon.ask(ctx, wins);
  announce(
    ctx,
    importId,
    inserted.map(({ id }) => id),
    wins,
  );
  const versions = new Map(changed.map(({ id, version }) => [id, version]));
  return resultsOf(created, updated, versions);
}

function toImported(ctx: Context, place: number, { row }: Data): ImportedOpportunity {
  return { place, id: uuidv7(), row, rank: rankOnTop(ctx.now, Math.random()), historyId: uuidv7(), lineId: uuidv7() };
}

type Win = { readonly id: string; readonly ownerId: string | null; readonly closedOn: string | null };

function announce(ctx: Context, importId: string, ids: readonly string[], wins: readonly Win[]): void {
  if (ids.length === 0) return;
  const won = wins.flatMap(({ id, ownerId, closedOn }) =>
    ownerId === null || closedOn === null ? [] : [{ id, ownerId, closedOn }],
  );
  ctx.emit({ type: "opportunities.imported", recordId: null, facts: { importId, ids: [...ids], won } });
}

async function undo(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
  importId: string,
): Promise<string[]> {
  widen(ctx);
  const held = new Set(
    (
      await opportunitiesHeld.ask(
        ctx,
        records.map(({ id }) => id),
      )
    ).flat(),
  );
  const gone = await trashImported(
    ctx,
    records.filter(({ id }) => !held.has(id)),
  );
  if (gone.length > 0) {
    const won = gone.flatMap(({ id, ownerId, closedOn, isWon }) =>
      isWon && ownerId !== null && closedOn !== null ? [{ id, ownerId, closedOn }] : [],
    );
    ctx.emit({
      type: "opportunities.removed",
      recordId: null,
      facts: { importId, ids: gone.map(({ id }) => id), won },
    });
  }
  return gone.map(({ id }) => id);
}
