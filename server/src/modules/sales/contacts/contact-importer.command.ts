import type { ImportOptions } from "@rainmaker/contracts/records/imports";
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
  findKnownContacts,
  insertImportedContacts,
  trashImportedContacts,
  updateImportedContacts,
  type KnownContact,
} from "./contact-import.store.ts";
import { contactFields, toContactRow, type ContactRow } from "./contact-import.ts";

/** How contacts are imported: a row is one that is there already by its external id, else by an address. */
export const contactImporter: Importer<Context> = {
  entity: "contact",
  fields: contactFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  undo,
};

type Data = { readonly row: ContactRow; readonly existingId: string | null };

async function plan(
  ctx: Context,
  rows: readonly ParsedRow[],
  proposals: readonly Proposal[],
  options: ImportOptions,
  seen: Set<string>,
): Promise<RowPlan[]> {
  const resolver = new Resolver(proposals, options.values);
  const importer = actingMember(ctx);
  const texts = (field: string): string[] => rows.flatMap(({ values }) => values.get(field) ?? []).map(String);
  const assignable = await visibleMembers(ctx, "contact.assign");
  const editable = await visibleMembers(ctx, "contact.edit");
  // In a dry run too: what it promises is what the run will do, and the run meets everybody's records.
  widen(ctx);
  const known = await findKnownContacts(ctx, texts("externalId"), [...texts("email"), ...texts("otherEmail")]);
  return rows.map((parsed) => {
    const customer = resolver.resolve("customer", parsed.values.get("customer"));
    const owner = resolver.resolve("owner", parsed.values.get("owner"));
    const { row, faults: wrong } = toContactRow(parsed, { customer, owner }, importer);
    const unresolved = [customer, owner].flatMap((resolved) => (resolved.kind === "fault" ? [resolved.fault] : []));
    const found = foundBy(row, known);
    const faults = [...unresolved, ...wrong, ...ownerFaults(row, importer, assignable), ...foundFaults(found)];
    if (faults.length > 0) return { row: parsed.row, verdict: "fail", faults, data: null };
    const { isRepeated } = remember(row, seen);
    const [existing = null] = found;
    const data: Data = { row, existingId: existing?.id ?? null };
    return { row: parsed.row, ...verdictFor("contact", { existing, isRepeated }, options, editable), data };
  });
}

/** All contacts that the row's keys point at: by external id first, then by its addresses. */
function foundBy(row: ContactRow, known: Awaited<ReturnType<typeof findKnownContacts>>): KnownContact[] {
  const byId = row.externalId === null ? undefined : known.byExternalId.get(row.externalId);
  const found = [byId, ...row.emails.map((email) => known.byEmail.get(email))].filter((one) => one !== undefined);
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

function ownerFaults({ ownerId }: ContactRow, importer: string, assignable: Editable): RowFault[] {
  if (ownerId === null || ownerId === importer || assignable === "all" || assignable.has(ownerId)) return [];
  return [{ field: "owner", code: "owner_beyond_reach", message: "You may not add contacts for this person" }];
}

/** One address cannot be two contacts', and of a contact out of sight nothing is said but that it is there. */
function foundFaults(found: readonly KnownContact[]): RowFault[] {
  const fault = (code: string, message: string): RowFault[] => [{ field: "email", code, message }];
  if (found.some(({ inSight }) => !inSight)) {
    return fault("email_taken", "Another contact of your organization has this address or id");
  }
  if (found.length < 2) return [];
  return fault("contact_ambiguous", "The id and the addresses of this row belong to different contacts");
}

function remember({ externalId, emails }: ContactRow, seen: Set<string>): { isRepeated: boolean } {
  const keys = [...(externalId === null ? [] : [`id ${externalId}`]), ...emails.map((email) => `@ ${email}`)];
  const isRepeated = keys.some((key) => seen.has(key));
  for (const key of keys) seen.add(key);
  return { isRepeated };
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  _options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "contact.create");
  widen(ctx);
  const created = plannedAs<Data>(plans, "create").map(({ place, data }) => ({ ...data.row, place, id: uuidv7() }));
  const updated = plannedAs<Data>(plans, "update").map(({ place, data }) => ({
    ...data.row,
    place,
    id: data.existingId ?? "",
  }));
  await insertImportedContacts(ctx, created);
  const versions = new Map((await updateImportedContacts(ctx, updated)).map(({ id, version }) => [id, version]));
  const ids = [...created.map(({ id }) => id), ...versions.keys()];
  if (ids.length > 0) ctx.emit({ type: "contacts.imported", recordId: null, facts: { importId, ids } });
  return resultsOf(created, updated, versions);
}

async function undo(
  ctx: Context,
  records: readonly { readonly id: string; readonly version: number }[],
  importId: string,
): Promise<string[]> {
  widen(ctx);
  const ids = await trashImportedContacts(ctx, records);
  if (ids.length > 0) ctx.emit({ type: "contacts.removed", recordId: null, facts: { importId, ids } });
  return ids;
}
