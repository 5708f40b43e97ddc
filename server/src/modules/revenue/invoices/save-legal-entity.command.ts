import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type {
  createLegalEntity as createContract,
  updateLegalEntity as updateContract,
} from "@rainmaker/contracts/revenue/invoices";
import { changesBetween, patched } from "#platform/audit";
import { invalidField, refuseStale } from "#platform/errors";
import type { Asked } from "#platform/http";
import type { RevenueContext } from "../revenue.context.ts";
import { shareOf } from "./invoice-lines.ts";
import { entityReply } from "./legal-entities.query.ts";
import {
  clearDefault,
  defaultEntity,
  insertLegalEntity,
  lockEntity,
  plainEntity,
  saveEntity,
  type LegalEntity,
} from "./legal-entities.store.ts";

type Facts = BodyOf<typeof updateContract>;

export async function createLegalEntity(
  ctx: RevenueContext,
  body: BodyOf<typeof createContract>,
): Promise<LegalEntity> {
  await defaultEntity(ctx);
  const entity = withFacts({ ...plainEntity(body.name, false) }, body);
  if (entity.isDefault) await clearDefault(ctx);
  await insertLegalEntity(ctx, entity);
  const { id: recordId, name, version } = entity;
  ctx.emit({ type: "legal-entity.created", recordId, label: name, version, facts: { name } });
  return entity;
}

/** What it has issued keeps what it said. */
export async function updateLegalEntity(
  ctx: RevenueContext,
  id: string,
  body: Facts,
  { seenVersion }: Asked,
): Promise<LegalEntity> {
  const before = await lockEntity(ctx, id);
  await refuseStale(before, seenVersion, async () => entityReply(before));
  const after = { ...withFacts(before, body), version: before.version + 1 };
  if (after.isDefault && !before.isDefault) await clearDefault(ctx);
  await saveEntity(ctx, after);
  const { name, version } = after;
  const changes = changesBetween(before, after);
  ctx.emit({ type: "legal-entity.changed", recordId: id, label: name, version, changes, facts: { name } });
  return after;
}

function withFacts(entity: LegalEntity, body: Facts): LegalEntity {
  const { taxPercent, seenVersion: _, ...facts } = body;
  const made = patched(entity, { ...facts, ...(taxPercent === undefined ? {} : { taxRate: shareOf(taxPercent) }) });
  if (made.series === made.creditSeries) {
    throw invalidField("creditSeries", "same_series", "Credit notes are numbered in a series of their own");
  }
  return made;
}
