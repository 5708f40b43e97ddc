import { invalidField } from "#platform/errors";
import { requireContacts } from "../contacts/contacts.store.ts";
import { requireProducts } from "../products/products.store.ts";
import type { SalesContext } from "../sales.context.ts";
import { amountAfter, lineOf, linesTotal, wireLine, type GivenLine, type Line } from "./line-items.ts";
import {
  listLines,
  listParticipants,
  replaceLines,
  replaceParticipants,
  type Participant,
} from "./opportunity-parts.store.ts";
import type { ContactRole, Opportunity } from "./opportunity.ts";

type Given = {
  readonly lines?: readonly GivenLine[] | undefined;
  readonly productIds?: readonly string[] | undefined;
  readonly contacts?:
    | readonly { readonly contactId: string; readonly role?: ContactRole | null | undefined }[]
    | undefined;
};

/** Line items and contacts of an opportunity before and after a change; undefined where nothing was said of them. */
export type Parts = {
  readonly lines: { readonly before: readonly Line[]; readonly after: readonly Line[] } | undefined;
  readonly contacts: { readonly before: readonly Participant[]; readonly after: readonly Participant[] } | undefined;
};

/**
 * Reads what a request says of line items and contacts, at the actor's sight.
 * @param opportunityId null for one that is new
 * @throws Refusal 404, 422
 */
export async function partsOf(
  ctx: SalesContext,
  opportunityId: string | null,
  given: Given,
  currency: string,
): Promise<Parts> {
  return {
    lines: await linesOf(ctx, opportunityId, given, currency),
    contacts: await contactsOf(ctx, opportunityId, given),
  };
}

async function linesOf(
  ctx: SalesContext,
  opportunityId: string | null,
  { lines, productIds }: Given,
  currency: string,
): Promise<Parts["lines"]> {
  if (lines === undefined && productIds === undefined) return undefined;
  if (lines !== undefined && productIds !== undefined) {
    throw invalidField("productIds", "lines_given", "Say the products by lines or by productIds, not by both");
  }
  const before = opportunityId === null ? [] : await listLines(ctx, opportunityId);
  if (lines !== undefined) {
    const ids = lines.map(({ productId }) => productId);
    const products = await requireProducts(ctx, ids, (place) => `lines.${place}.productId`);
    const after = lines.map((line, place) =>
      lineOf(line, products.get(line.productId)?.price ?? null, currency, place),
    );
    return { before, after };
  }
  const wanted = [...new Set(productIds)];
  await requireProducts(ctx, wanted, (place) => `productIds.${place}`);
  const kept = before.filter(({ productId }) => wanted.includes(productId));
  const added = wanted.filter((id) => !kept.some(({ productId }) => productId === id));
  const bare = added.map((productId, place) => lineOf({ productId, unitPrice: null }, null, currency, place));
  return { before, after: [...kept, ...bare] };
}

async function contactsOf(
  ctx: SalesContext,
  opportunityId: string | null,
  { contacts }: Given,
): Promise<Parts["contacts"]> {
  if (contacts === undefined) return undefined;
  const known = opportunityId === null ? [] : await listParticipants(ctx, opportunityId);
  const before = known.map(({ contactId, role }) => ({ contactId, role }));
  const isKnown = (id: string): boolean => before.some(({ contactId }) => contactId === id);
  const ids = contacts.map(({ contactId }) => contactId);
  await requireContacts(
    ctx,
    ids.filter((id) => !isKnown(id)),
  );
  const given = new Map(contacts.map(({ contactId, role = null }) => [contactId, role]));
  const hidden = known.filter(({ contactId, inSight }) => !inSight && !given.has(contactId));
  const after = [...given].map(([contactId, role]) => ({ contactId, role }));
  return { before, after: [...after, ...hidden.map(({ contactId, role }) => ({ contactId, role }))] };
}

/** Amount and sum of the lines after a change. @throws Refusal 422 */
export function valueAfter(
  before: Pick<Opportunity, "amountMinor" | "linesTotalMinor">,
  { lines }: Parts,
  givenMinor: bigint | null | undefined,
): Pick<Opportunity, "amountMinor" | "linesTotalMinor"> {
  const linesTotalMinor = lines === undefined ? before.linesTotalMinor : linesTotal(lines.after);
  return { linesTotalMinor, amountMinor: amountAfter(before, linesTotalMinor, givenMinor) };
}

export async function saveParts(
  ctx: SalesContext,
  opportunity: Opportunity,
  { lines, contacts }: Parts,
): Promise<void> {
  if (lines !== undefined) await replaceLines(ctx, opportunity, lines.after);
  if (contacts !== undefined) await replaceParticipants(ctx, opportunity, contacts.after);
}

/** What the log keeps of a change of the parts. */
export function toldParts({ lines, contacts }: Parts, currency: string): { before: object; after: object } {
  const told = (side: "before" | "after"): object => ({
    ...(lines && { lines: lines[side].map((line) => ({ productId: line.productId, ...wireLine(line, currency) })) }),
    ...(contacts && { contacts: contacts[side] }),
  });
  return { before: told("before"), after: told("after") };
}
