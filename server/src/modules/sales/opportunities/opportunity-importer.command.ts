import { dayIn } from "@rainmaker/contracts/time";
import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import type { Importer, ParsedRow, Proposal, RowFault, RowPlan, RowResult, Seen } from "#modules/records";
import { actingMember, requirePermission, type Context } from "#platform/context";
import { visibleMembers, widen } from "#platform/scope";
import { writeValues } from "../imports/imported-values.store.ts";
import { lineSeen, verdictFor, type Editable } from "../imports/known.ts";
import { makeRelations } from "../imports/make-relations.command.ts";
import { proposeRelations } from "../imports/relations.query.ts";
import { Resolver } from "../imports/resolve.ts";
import { revertRows, type Reverting } from "../imports/revert-rows.command.ts";
import { changedIds, plannedCreates, plannedUpdates, resultsOf } from "../imports/row-results.ts";
import type { Stage } from "../pipeline/stage.ts";
import { opportunitiesHeld, opportunitiesWon } from "../sales.ports.ts";
import {
  findExternalIds,
  importedOpportunities,
  insertImported,
  readImportTarget,
  readWins,
  type ImportedOpportunity,
  type KnownOpportunity,
} from "./opportunity-import.store.ts";
import { opportunityFields } from "./opportunity-fields.ts";
import { opportunityValues, toOpportunityRow, type OpportunityRow } from "./opportunity-import.ts";
import { rankOnTop } from "./rank.ts";

/** How opportunities are imported. Rows end in the same stages and under the same rules as if they were moved there. */
export const opportunityImporter: Importer<Context> = {
  entity: "opportunity",
  permission: "opportunity.create",
  nouns: ["deal", "opportunity", "potential"],
  matchKeys: ["externalId"],
  fields: opportunityFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  revert: (ctx, rows, direction, importId) => revertRows(ctx, reverting, rows, direction, importId),
};

type Data = {
  readonly row: OpportunityRow;
  readonly parsed: ParsedRow;
  readonly existingId: string | undefined;
};

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Seen,
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
    if (all.length > 0) return { row: parsed.row, verdict: "fail", faults: all, data: null };
    return verdictOf(parsed, row, { known, editable }, options, seen);
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
  readonly known: ReadonlyMap<string, KnownOpportunity>;
  /** Whose opportunities the importer may change. */
  readonly editable: Editable;
};

function verdictOf(
  parsed: ParsedRow,
  row: OpportunityRow,
  { known, editable }: Here,
  options: ImportOptions,
  seen: Seen,
): RowPlan {
  const keys = row.externalId === null ? [] : [row.externalId];
  const found = keys.flatMap((key) => known.get(key) ?? []);
  const [existing] = found;
  const data: Data = { row, parsed, existingId: existing?.id };
  const repeats = lineSeen(seen, keys, parsed.row);
  const verdict = verdictFor("opportunity", { found, repeats }, options, editable);
  // What was closed is left as it was closed, as the run will.
  const isLeft = existing?.isClosed === true && verdict.verdict !== "fail" && repeats === undefined;
  return { row: parsed.row, ...(isLeft ? { verdict: "skip", faults: [], recordId: existing.id } : verdict), data };
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "opportunity.create");
  widen(ctx);
  const currency = options.currency ?? ctx.organization.currency;
  const created = plannedCreates<Data>(plans).map(({ place, data }) => toImported(ctx, place, data));
  const updates = plannedUpdates<Data>(plans).map(({ place, data, isFilling }) => ({
    place,
    id: data.existingId ?? "",
    isFilling,
    values: opportunityValues(data.row, data.parsed, currency),
  }));
  const inserted = await insertImported(ctx, created, options);
  const written = await writeValues(ctx, importedOpportunities, updates);
  const won = inserted.filter(
    ({ closedOn, amountMinor, customerId }) => closedOn !== null && amountMinor !== null && customerId !== null,
  );
  const isWon = new Set(created.filter(({ row }) => row.stage.kind === "won").map(({ id }) => id));
  const wins = won.filter(({ id }) => isWon.has(id));
  if (options.openDeals === true && wins.length > 0) await opportunitiesWon.ask(ctx, wins);
  announce(ctx, importId, [...inserted.map(({ id }) => id), ...changedIds(written)], wins);
  return resultsOf(created, updates, written);
}

function toImported(ctx: Context, place: number, { row }: Data): ImportedOpportunity {
  return { place, id: uuidv7(), row, rank: rankOnTop(ctx.now, Math.random()), historyId: uuidv7(), lineId: uuidv7() };
}

type Win = { readonly id: string; readonly ownerId: string | null; readonly closedOn: string | null };

function announce(ctx: Context, importId: string, ids: readonly string[], wins: readonly Win[]): void {
  if (ids.length === 0) return;
  ctx.emit({ type: "opportunities.imported", recordId: null, facts: factsOf(importId, ids, wins) });
}

function factsOf(
  importId: string,
  ids: readonly string[],
  wins: readonly Win[],
): { importId: string; ids: string[]; won: { id: string; ownerId: string; closedOn: string }[] } {
  const won = wins.flatMap(({ id, ownerId, closedOn }) =>
    ownerId === null || closedOn === null ? [] : [{ id, ownerId, closedOn }],
  );
  return { importId, ids: [...ids], won };
}

const reverting: Reverting = {
  table: importedOpportunities,
  held: async (ctx, ids, direction) => {
    const held = direction === "undo" ? (await opportunitiesHeld.ask(ctx, ids)).flat() : [];
    return new Map(held.map((id) => [id, { code: "deal_hangs_on_it", message: "A deal or money hangs on it" }]));
  },
  announce: async (ctx, { moved, swapped }, direction, importId) => {
    const won = (await readWins(ctx, moved)).filter(({ isWon }) => isWon);
    if (direction === "redo") return announce(ctx, importId, [...moved, ...swapped], won);
    if (moved.length > 0) {
      ctx.emit({ type: "opportunities.removed", recordId: null, facts: factsOf(importId, moved, won) });
    }
    if (swapped.length > 0) {
      ctx.emit({ type: "opportunities.reverted", recordId: null, facts: { importId, ids: [...swapped] } });
    }
  },
};
