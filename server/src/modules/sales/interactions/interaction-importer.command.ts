import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { dayIn } from "@rainmaker/contracts/time";
import { v7 as uuidv7 } from "uuid";
import type { Importer, ParsedRow, Proposal, RowFault, RowPlan, RowResult, Seen } from "#modules/records";
import { actingMember, requirePermission, type Context } from "#platform/context";
import { visibleMembers, widen } from "#platform/scope";
import { writeValues } from "../imports/imported-values.store.ts";
import { lineSeen, verdictFor, type Editable } from "../imports/known.ts";
import { makeRelations } from "../imports/make-relations.command.ts";
import { proposeRelations } from "../imports/relations.query.ts";
import { Resolver } from "../imports/resolve.ts";
import { announceReverted, revertRows, type Reverting } from "../imports/revert-rows.command.ts";
import { changedIds, plannedCreates, plannedUpdates, resultsOf } from "../imports/row-results.ts";
import {
  findNamed,
  importedInteractions,
  insertImportedInteractions,
  type ImportedInteraction,
  type KnownInteraction,
  type Sale,
} from "./interaction-import.store.ts";
import { interactionFields, interactionValues, toInteractionRow, type InteractionRow } from "./interaction-import.ts";

/** How interactions are imported: a row is one that is there already by its external id alone. */
export const interactionImporter: Importer<Context> = {
  entity: "interaction",
  permission: "interaction.create",
  matchKeys: ["externalId"],
  fields: interactionFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  revert: (ctx, rows, direction, importId) => revertRows(ctx, reverting, rows, direction, importId),
};

type Target = Pick<ImportedInteraction, "customerId" | "opportunityId" | "contactId">;
type Data = {
  readonly row: InteractionRow;
  readonly parsed: ParsedRow;
  readonly target: Target;
  readonly existing: KnownInteraction | undefined;
};
type Named = Awaited<ReturnType<typeof findNamed>>;

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Seen,
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
    const keys = row.externalId === null ? [] : [row.externalId];
    const found = keys.flatMap((key) => named.byExternalId.get(key) ?? []);
    const data: Data = { row, parsed, target: targetOf(row, named), existing: found[0] };
    const repeats = lineSeen(seen, keys, parsed.row);
    return { row: parsed.row, ...verdictFor("interaction", { found, repeats }, options, editable), data };
  });
}

function namedFaults(row: InteractionRow, { contacts, sales }: Named): RowFault[] {
  const { contactEmail, opportunity } = row;
  const isUnknown = contactEmail !== null && !contacts.has(contactEmail);
  const message = `No contact has the address ${contactEmail}`;
  return [
    ...(isUnknown ? [{ field: "contactEmail", code: "contact_unknown", message }] : []),
    ...(opportunity === null ? [] : saleFaults(row, opportunity, sales.get(opportunity) ?? [])),
  ];
}

function saleFaults({ customerId }: InteractionRow, named: string, [sale, ...others]: readonly Sale[]): RowFault[] {
  if (sale === undefined) {
    return [{ field: "opportunity", code: "opportunity_unknown", message: `There is no opportunity ${named}` }];
  }
  if (others.length > 0) {
    const labels = [sale, ...others].map(({ label }) => label).join(", ");
    const message = `Several opportunities are called ${named}: ${labels}`;
    return [{ field: "opportunity", code: "opportunity_ambiguous", message }];
  }
  const isOfAnother = sale.customerId !== null && customerId !== null && sale.customerId !== customerId;
  const message = "This opportunity is another customer's";
  return isOfAnother ? [{ field: "customer", code: "customer_mismatch", message }] : [];
}

/** For others only within reach. Somebody new has nobody yet who leads them: only who sees all logs in their name. */
function authorFaults({ authorId }: InteractionRow, editable: Editable): RowFault[] {
  if (editable === "all" || (authorId !== null && editable.has(authorId))) return [];
  return [{ field: "owner", code: "owner_beyond_reach", message: "You may not log what this person said" }];
}

function targetOf({ contactEmail, opportunity, customerId }: InteractionRow, { contacts, sales }: Named): Target {
  const [sale] = opportunity === null ? [] : (sales.get(opportunity) ?? []);
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
  const created = plannedCreates<Data>(plans).map(({ place, data: { row, target } }) => {
    const { contactEmail: _email, opportunity: _opportunity, ...rest } = row;
    return { ...rest, ...target, place, id: uuidv7(), participantId: uuidv7() };
  });
  const updates = plannedUpdates<Data>(plans).map(({ place, data: { row, parsed, existing }, isFilling }) => ({
    place,
    id: existing?.id ?? "",
    isFilling,
    values: interactionValues(row, parsed, existing?.kind ?? "", isFilling),
  }));
  await insertImportedInteractions(ctx, created);
  const written = await writeValues(ctx, importedInteractions, updates);
  const ids = [...created.map(({ id }) => id), ...changedIds(written)];
  if (ids.length > 0) ctx.emit({ type: "interactions.imported", recordId: null, facts: { importId, ids } });
  return resultsOf(created, updates, written);
}

const reverting: Reverting = {
  table: importedInteractions,
  held: () => Promise.resolve(new Map()),
  announce: announceReverted("interactions"),
};
