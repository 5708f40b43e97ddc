import type { ImportOptions } from "@rainmaker/contracts/records/imports";
import { v7 as uuidv7 } from "uuid";
import type { Importer, ParsedRow, Proposal, RowFault, RowPlan, RowResult, Seen, WrittenRow } from "#modules/records";
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
  addParts,
  findContactsReplaced,
  findKnownContacts,
  importedContacts,
  insertImportedContacts,
  moveImportedContacts,
  moveParts,
  type AddedParts,
  type ContactKey,
  type KnownContact,
} from "./contact-import.store.ts";
import { fullName } from "./contact.ts";
import { contactFields, contactValues, toContactRow, type ContactRow } from "./contact-import.ts";

/** How contacts are imported: a row is one that is there already by its external id, else by an address. */
export const contactImporter: Importer<Context> = {
  entity: "contact",
  permission: "contact.create",
  nouns: ["person", "contact"],
  matchKeys: ["externalId", "email", "phone", "name"],
  fields: contactFields,
  propose: proposeRelations,
  makeRelations,
  plan,
  write,
  revert: (ctx, rows, direction, importId) => revertRows(ctx, reverting, rows, direction, importId),
};

type Data = {
  readonly row: ContactRow;
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
  const importer = actingMember(ctx);
  const assignable = await visibleMembers(ctx, "contact.assign");
  const editable = await visibleMembers(ctx, "contact.edit");
  // In a dry run too: what it promises is what the run will do, and the run meets everybody's records.
  widen(ctx);
  const read = rows.map((parsed) => {
    const customer = resolver.resolve("customer", parsed.values.get("customer"));
    const owner = resolver.resolve("owner", parsed.values.get("owner"));
    const unresolved = [customer, owner].flatMap((resolved) => (resolved.kind === "fault" ? [resolved.fault] : []));
    const { row, faults } = toContactRow(parsed, { customer, owner }, importer);
    return { parsed, row, faults: [...unresolved, ...faults] };
  });
  const match = await matcher(
    ctx,
    read.map(({ row }) => row),
    options,
  );
  return read.map(({ parsed, row, faults: wrong }) => {
    const found = match(row);
    const faults = [...wrong, ...ownerFaults(row, importer, assignable), ...foundFaults(found)];
    if (faults.length > 0) return { row: parsed.row, verdict: "fail", faults, data: null };
    const keys = [...keysOf(row, "externalId"), ...keysOf(row, "email")].map((key) => key.toLowerCase());
    const verdict = verdictFor("contact", { found, repeats: lineSeen(seen, keys, parsed.row) }, options, editable);
    const data: Data = { row, parsed, existingId: found[0]?.id };
    return { row: parsed.row, ...verdict, data };
  });
}

type Match = (row: ContactRow) => readonly KnownContact[];

/** Finds the contacts that a row's keys point at: by the key chosen, else by external id first and then its addresses. */
async function matcher(ctx: Context, rows: readonly ContactRow[], { matchBy }: ImportOptions): Promise<Match> {
  const keys: readonly ContactKey[] =
    matchBy === undefined || matchBy === "domain" ? ["externalId", "email"] : [matchBy];
  // Whatever tells them apart, an address is one contact's alone.
  const read = new Set<ContactKey>([...keys, "email"]);
  const known = new Map<ContactKey, Awaited<ReturnType<typeof findKnownContacts>>>();
  for (const key of read) {
    const values = rows.flatMap((row) => keysOf(row, key));
    known.set(key, await findKnownContacts(ctx, key, values));
  }
  return (row) => {
    const found = [...read].flatMap((key) => keysOf(row, key).flatMap((value) => known.get(key)?.get(value) ?? []));
    return [...new Map(found.map((one) => [one.id, one])).values()];
  };
}

function keysOf(row: ContactRow, key: ContactKey): readonly string[] {
  if (key === "email") return row.emails;
  if (key === "phone") return row.phones.map(({ phone }) => phone);
  if (key === "name") return [fullName(row)].filter((name) => name !== "");
  return row.externalId === null ? [] : [row.externalId];
}

function ownerFaults({ ownerId }: ContactRow, importer: string, assignable: Editable): RowFault[] {
  if (ownerId === null || ownerId === importer || assignable === "all" || assignable.has(ownerId)) return [];
  return [{ field: "owner", code: "owner_beyond_reach", message: "You may not add contacts for this person" }];
}

/** Of a contact out of sight nothing is said but that it is there. */
function foundFaults(found: readonly KnownContact[]): RowFault[] {
  const fault = (code: string, message: string): RowFault[] => [{ field: "email", code, message }];
  if (found.some(({ inSight }) => !inSight)) {
    return fault("email_taken", "Another contact of your organization has this address or id");
  }
  return [];
}

async function write(
  ctx: Context,
  plans: readonly RowPlan[],
  _options: ImportOptions,
  importId: string,
): Promise<RowResult[]> {
  requirePermission(ctx.actor, "contact.create");
  widen(ctx);
  const created = plannedCreates<Data>(plans).map(({ place, data }) => ({ ...data.row, place, id: uuidv7() }));
  const updates = plannedUpdates<Data>(plans).map(({ place, data, isFilling }) => ({
    ...data.row,
    place,
    id: data.existingId ?? "",
    isFilling,
    values: contactValues(data.row, data.parsed),
  }));
  await insertImportedContacts(ctx, created);
  const added = await addParts(ctx, updates);
  const values = await writeValues(
    ctx,
    importedContacts,
    updates.map((update) => ({ ...update, isTouched: added.has(update.id) })),
  );
  const written = values.map((one) => {
    const parts = added.get(one.id);
    return parts === undefined ? one : { ...one, before: { ...one.before, added: parts } };
  });
  const ids = [...created.map(({ id }) => id), ...changedIds(written)];
  if (ids.length > 0) ctx.emit({ type: "contacts.imported", recordId: null, facts: { importId, ids } });
  return resultsOf(created, updates, written);
}

const reverting: Reverting = {
  table: importedContacts,
  held: async (ctx, ids, direction) => {
    const replaced = direction === "redo" ? await findContactsReplaced(ctx, ids) : [];
    return new Map(
      replaced.map((id) => [id, { code: "email_taken", message: "Another contact has its address by now" }]),
    );
  },
  move: moveImportedContacts,
  swapParts: async (ctx, rows, direction) => {
    const parts = new Map(rows.flatMap(addedBy));
    await moveParts(
      ctx,
      [...parts.values()].map(({ added }) => added),
      direction,
    );
    return parts;
  },
  announce: announceReverted("contacts"),
};

function addedBy({ recordId, before }: WrittenRow): readonly (readonly [string, { readonly added: AddedParts }])[] {
  const added = before?.["added"] as AddedParts | undefined;
  return added === undefined ? [] : [[recordId, { added }]];
}
