import type { LoggedEvent } from "@rainmaker/contracts/events";
import type { DuplicateEntity } from "@rainmaker/contracts/sales/duplicates";
import type { Context } from "#platform/context";
import { listFacts, listNeighbours, readThreshold, savePairs, type Pair } from "./duplicates.store.ts";
import { likenessOf } from "./match.ts";

/** Looks for others like records that were added or changed. Idempotent: their pairs are written anew. */
export async function findDuplicates(ctx: Context, entity: DuplicateEntity, ids: readonly string[]): Promise<void> {
  const threshold = await readThreshold(ctx);
  // In parts: an import announces thousands at once.
  for (let start = 0; start < ids.length; start += partSize) {
    const part = ids.slice(start, start + partSize);
    await savePairs(ctx, entity, part, await pairsOf(ctx, entity, part, threshold));
  }
}

const partSize = 500;

async function pairsOf(
  ctx: Context,
  entity: DuplicateEntity,
  ids: readonly string[],
  threshold: number,
): Promise<Pair[]> {
  const neighbours = await listNeighbours(ctx, entity, ids);
  const involved = new Set(neighbours.flatMap(({ id, other }) => [id, other]));
  const facts = new Map((await listFacts(ctx, entity, [...involved])).map((known) => [known.id, known]));
  const pairs = new Map<string, Pair>();
  for (const { id, other } of neighbours) {
    const [low, high] = [id, other].toSorted() as [string, string];
    const [one, two] = [facts.get(low), facts.get(high)];
    if (one === undefined || two === undefined || pairs.has(`${low} ${high}`)) continue;
    const likeness = likenessOf(entity, one, two);
    if (likeness.score >= threshold) pairs.set(`${low} ${high}`, { lowId: low, highId: high, ...likeness });
  }
  return [...pairs.values()];
}

type One = LoggedEvent<"customer.created" | "customer.changed" | "customer.restored" | "customer.merged">;
type OnePerson = LoggedEvent<"contact.created" | "contact.changed" | "contact.restored" | "contact.merged">;

export async function findLikeCustomer(ctx: Context, { recordId }: One): Promise<void> {
  if (recordId !== null) await findDuplicates(ctx, "customer", [recordId]);
}

export async function findLikeContact(ctx: Context, { recordId }: OnePerson): Promise<void> {
  if (recordId !== null) await findDuplicates(ctx, "contact", [recordId]);
}

export async function findLikeImported(
  ctx: Context,
  { type, facts }: LoggedEvent<"customers.imported" | "contacts.imported">,
): Promise<void> {
  await findDuplicates(ctx, type === "customers.imported" ? "customer" : "contact", facts.ids);
}
