import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { dismissDuplicate as contract } from "@rainmaker/contracts/sales/duplicates";
import { invalidField } from "#platform/errors";
import { requireReach } from "#platform/scope";
import type { Context } from "#platform/context";
import { lockContact } from "../contacts/contacts.store.ts";
import { lockCustomer } from "../customers/customers.store.ts";
import { markPair } from "./duplicates.store.ts";

/** Remembers that two records are not the same, or forgets it. Needs the right to change one of them, and sight of both. */
export async function dismissDuplicate(
  ctx: Context,
  { entity, recordIds, isDismissed }: BodyOf<typeof contract>,
): Promise<void> {
  const [lowId, highId] = recordIds.toSorted() as [string, string];
  if (lowId === highId) throw invalidField("recordIds", "named_twice", "A record is not a duplicate of itself");
  const lock = entity === "customer" ? lockCustomer : lockContact;
  const low = await lock(ctx, lowId);
  const high = await lock(ctx, highId);
  const owner = low.ownerId === ctx.actor.memberId ? low.ownerId : high.ownerId;
  await requireReach(ctx, `${entity}.edit`, owner);
  await markPair(ctx, entity, [lowId, highId], isDismissed);
  ctx.emit({
    type: "duplicate.judged",
    recordId: lowId,
    ownerId: low.ownerId,
    facts: { entity, recordIds: [lowId, highId], isDismissed },
  });
}
