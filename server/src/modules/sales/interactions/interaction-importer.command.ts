import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import type { Importer, ParsedRow, Proposal, RowFault, RowPlan, RowResult } from "#modules/records";
import { actingMember, requirePermission, type Context } from "#platform/context";
import { visibleMembers, widen } from "#platform/scope";
import { verdictFor, type Editable } from "../imports/known.ts";
import { makeRelations } from "../imports/make-relations.command.ts";
import { proposeRelations } from "../imports/relations.query.ts";
import { Resolver } from "../imports/resolve.ts";
import { plannedAs, resultsOf } from "../imports/row-results.ts";
import {
  findNamed,
  insertImportedInteractions,
  trashImportedInteractions,
  updateImportedInteractions,
  type ImportedInteraction,
} from "./interaction-import.store.ts";
import { interactionFields, toInteractionRow, type InteractionRow } from "./interaction-import.ts";

/** How interactions are imported: a row is one that is there already by its external id alone. */
export const interactionImporter: Importer<Context> = {
  entity: "interaction",
  fields: interactionFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  undo,
};

type Target = Pick<ImportedInteraction, "customerId" | "opportunityId" | "contactId">;
type Data = { readonly row: InteractionRow; readonly target: Target; readonly existingId: string | null };
type Named = Awaited<ReturnType<typeof findNamed>>;

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Set<string>,
): Promise<RowPlan[]> {
  const resolver = new Resolver(proposals, options.values);
  const importer = actingMember(ctx);
  const today = dayIn(ctx.organization.timeZone, ctx.now);
  const texts = (field: string): string[] => rows.flatMap(({ values }) => values.get(field) ?? []).map(String);
  const editable = await visibleMembers(ctx, "interaction.edit");
  // In a dry run too: what it promises is what the run will do, and the run meets everybody's records.
  widen(ctx);
  const named = await findNamed(ctx, texts("externalId"), texts("contactEmail"), texts("opportunity"));
  return rows.map((parsed) => {
    const customer = resolver.resolve("customer", parsed.values.get("customer"));
    const owner = resolver.resolve("owner", parsed.values.get("owner"));
    const { row, faults: wrong } = toInteractionRow(parsed, { customer, owner }, importer, today);
    const faults = [
      ...[customer, owner].flatMap((resolved) => (resolved.kind === "fault" ? [resolved.fault] : [])),
      ...wrong,
      ...namedFaults(row, named),
      ...authorFaults(row, editable),
    ];
    if (faults.length > 0) return { row: parsed.row, verdict: "fail", faults, data: null };
    const existing = row.externalId === null ? null : (named.byExternalId.get(row.externalId) ?? null);
    const isRepeated = row.externalId !== null && seen.has(row.externalId);
    if (row.externalId !== null) seen.add(row.externalId);
    const data: Data = { row, target: targetOf(row, named), existingId: existing?.id ?? null };
    return { row: parsed.row, ...verdictFor("interaction", { existing, isRepeated }, options, editable), data };
  });
}

function namedFaults(
  { contactEmail, opportunity, customerId }: InteractionRow,
  { contacts, sales }: Named,
): RowFault[] {
  const faults: RowFault[] = [];
  if (contactEmail !== null && !contacts.has(contactEmail)) {
    faults.push({
      field: "contactEmail",
      code: "contact_unknown",
      message: `No contact has the address ${contactEmail}`,
    });
  }
  const sale = opportunity === null ? undefined : sales.get(opportunity);
  if (opportunity !== null && sale === undefined) {
    faults.push({
      field: "opportunity",
      code: "opportunity_unknown",
      message: `There is no opportunity ${opportunity}`,
    });
  }
  if (sale != null && sale.customerId !== null && customerId !== null && sale.customerId !== customerId) {
    faults.push({ field: "customer", code: "customer_mismatch", message: "This opportunity is another customer's" });
  }
  return faults;
}

/** For others only within reach. Somebody new has nobody yet who leads them: only who sees all logs in their name. */
function authorFaults({ authorId }: InteractionRow, editable: Editable): RowFault[] {
  if (editable === "all" || (authorId !== null && editable.has(authorId))) return [];
  return [{ field: "owner", code: "owner_beyond_reach", message: "You may not log what this person said" }];
}

function targetOf({ contactEmail, opportunity, customerId }: InteractionRow, { contacts, sales }: Named): Target {
  const sale = opportunity === null ? undefined : sales.get(opportunity);
  return {
    contactId: contactEmail === null ? null : (contacts.get(contactEmail) ?? null),
    opportunityId: sale?.id ?? null,
    customerId: customerId ?? sale?.customerId ?? null,
  };
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  _options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "interaction.create");
  widen(ctx);
  const toImported = ({ row, target, existingId }: Data): ImportedInteraction => {
    const { contactEmail: _email, opportunity: _opportunity, ...rest } = row;
    return { ...rest, ...target, id: existingId ?? uuidv7(), participantId: uuidv7() };
  };
  const created = plannedAs<Data>(plans, "create").map(({ place, data }) => ({ ...toImported(data), place }));
  const updated = plannedAs<Data>(plans, "update").map(({ place, data }) => ({ ...toImported(data), place }));
  await insertImportedInteractions(ctx, created);
  const versions = new Map((await updateImportedInteractions(ctx, updated)).map(({ id, version }) => [id, version]));
  const ids = [...created.map(({ id }) => id), ...versions.keys()];
  if (ids.length > 0) ctx.emit({ type: "interactions.imported", recordId: null, facts: { importId, ids } });
  return resultsOf(created, updated, versions);
}

async function undo(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
  importId: string,
): Promise<string[]> {
  widen(ctx);
  const ids = await trashImportedInteractions(ctx, records);
  if (ids.length > 0) ctx.emit({ type: "interactions.removed", recordId: null, facts: { importId, ids } });
  return ids;
}
