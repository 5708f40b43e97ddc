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
} from "./interaction-import.store.ts";
import {
  interactionFields,
  interactionValues,
  kindOfHeaders,
  toInteractionRow,
  type InteractionRow,
} from "./interaction-import.ts";

/** How interactions are imported: a row is one that is there already by its external id alone. */
export const interactionImporter: Importer<Context> = {
  entity: "interaction",
  permission: "interaction.create",
  nouns: ["activity"],
  defaultsFor: kindOfHeaders,
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
  const editable = await visibleMembers(ctx, "interaction.edit");
  // In a dry run too: what it promises is what the run will do, and the run meets everybody's records.
  widen(ctx);
  const read = rows.map((parsed) => {
    const customer = resolver.resolve("customer", parsed.values.get("customer"));
    const owner = resolver.resolve("owner", parsed.values.get("owner"));
    const unresolved = [customer, owner].flatMap((resolved) => (resolved.kind === "fault" ? [resolved.fault] : []));
    const { row, faults } = toInteractionRow(parsed, { customer, owner }, importer, today);
    return { parsed, row, faults: [...unresolved, ...faults] };
  });
  const said = (field: "externalId" | "contact" | "opportunity"): string[] =>
    read.flatMap(({ row }) => row[field] ?? []);
  const named = await findNamed(ctx, said("externalId"), said("contact"), said("opportunity"));
  return read.map(({ parsed, row, faults: wrong }) => {
    const faults = [...wrong, ...namedFaults(row, named), ...authorFaults(row, editable)];
    if (faults.length > 0) return { row: parsed.row, verdict: "fail", faults, data: null };
    const keys = row.externalId === null ? [] : [row.externalId];
    const found = keys.flatMap((key) => named.byExternalId.get(key) ?? []);
    const data: Data = { row, parsed, target: targetOf(row, named), existing: found[0] };
    const repeats = lineSeen(seen, keys, parsed.row);
    return { row: parsed.row, ...verdictFor("interaction", { found, repeats }, options, editable), data };
  });
}

function namedFaults(row: InteractionRow, { contacts, sales }: Named): RowFault[] {
  const { contact, opportunity, customerId } = row;
  const [person, sale] = [meantOf(contact, contacts), meantOf(opportunity, sales)];
  const faults = [
    ...(contact === null ? [] : ambiguityFaults("contact", contact, person)),
    ...(opportunity === null ? [] : ambiguityFaults("opportunity", opportunity, sale)),
  ];
  const [only] = sale;
  const isOfAnother =
    only !== undefined && only.customerId !== null && customerId !== null && only.customerId !== customerId;
  const message = "This opportunity is another customer's";
  return isOfAnother ? [...faults, { field: "customer", code: "customer_mismatch", message }] : faults;
}

function meantOf<Found>(text: string | null, found: ReadonlyMap<string, readonly Found[]>): readonly Found[] {
  return text === null ? [] : (found.get(text) ?? []);
}

/** Nothing of the name, or several between which nobody guesses. */
function ambiguityFaults(
  field: "contact" | "opportunity",
  text: string,
  found: readonly { readonly label: string }[],
): RowFault[] {
  if (found.length === 1) return [];
  if (found.length === 0) {
    const message = `There is no ${field} ${text}`;
    return [{ field, code: `${field}_unknown`, message }];
  }
  const message = `Several may be meant by ${text}: ${found.map(({ label }) => label).join(", ")}`;
  return [{ field, code: `${field}_ambiguous`, message }];
}

/** For others only within reach. Somebody new has nobody yet who leads them: only who sees all logs in their name. */
function authorFaults({ authorId }: InteractionRow, editable: Editable): RowFault[] {
  if (editable === "all" || (authorId !== null && editable.has(authorId))) return [];
  return [{ field: "owner", code: "owner_beyond_reach", message: "You may not log what this person said" }];
}

function targetOf({ contact, opportunity, customerId }: InteractionRow, { contacts, sales }: Named): Target {
  const [person] = meantOf(contact, contacts);
  const [sale] = meantOf(opportunity, sales);
  return {
    contactId: person?.id ?? null,
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
    const { contact: _contact, opportunity: _opportunity, ...rest } = row;
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
