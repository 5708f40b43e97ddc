import { fromWire, toWire, type WireMoney } from "@rainmaker/contracts/money";
import type { OrganizationContext } from "../organization.context.ts";

type NewOrganization = {
  readonly name: string;
  readonly slug: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly workdays: readonly number[];
};

/** Inserts the organization the context belongs to. */
export async function insertOrganization(ctx: OrganizationContext, organization: NewOrganization): Promise<void> {
  const { name, slug, currency, timeZone, workdays } = organization;
  await ctx.tx
    .insertInto("organization")
    .values({
      id: ctx.actor.organizationId,
      name,
      slug,
      currency,
      time_zone: timeZone,
      workdays: [...workdays],
      holidays: [],
      created_at: ctx.now.toISOString(),
      version: 1,
    })
    .execute();
}

export type StoredSettings = {
  readonly organizationId: string;
  readonly name: string;
  readonly slug: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly workdays: number[];
  readonly holidays: string[];
  /** From this amount on a payment takes two verifiers. */
  readonly quorum: WireMoney | null;
  readonly version: number;
};

export async function lockSettings(ctx: OrganizationContext): Promise<StoredSettings> {
  const row = await ctx.tx
    .selectFrom("organization")
    .selectAll()
    .where("id", "=", ctx.actor.organizationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return toSettings(row);
}

type Row = {
  id: string;
  name: string;
  slug: string;
  currency: string;
  time_zone: string;
  workdays: number[];
  holidays: string[];
  quorum_minor: bigint | null;
  quorum_currency: string | null;
  version: number;
};

export function toSettings(row: Row): StoredSettings {
  const { id, name, slug, currency, time_zone: timeZone, workdays, holidays, version } = row;
  const { quorum_minor: minor, quorum_currency: quorumCurrency } = row;
  const quorum = minor === null || quorumCurrency === null ? null : toWire(minor, quorumCurrency);
  return { organizationId: id, name, slug, currency, timeZone, workdays, holidays, quorum, version };
}

export async function saveSettings(ctx: OrganizationContext, settings: StoredSettings): Promise<void> {
  const { name, currency, timeZone, workdays, holidays, version } = settings;
  const quorum = settings.quorum === null ? null : fromWire(settings.quorum);
  await ctx.tx
    .updateTable("organization")
    .set({
      name,
      currency,
      time_zone: timeZone,
      workdays,
      holidays,
      quorum_minor: quorum?.minor ?? null,
      quorum_currency: quorum?.currency ?? null,
      version,
    })
    .where("id", "=", ctx.actor.organizationId)
    .execute();
}
