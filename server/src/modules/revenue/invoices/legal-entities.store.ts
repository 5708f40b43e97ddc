import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { notFound } from "#platform/errors";
import type { RevenueContext } from "../revenue.context.ts";
import type { TaxRounding } from "./invoice-total.ts";

/** A company of the organization that issues invoices. */
export type LegalEntity = {
  readonly id: string;
  readonly name: string;
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly country: string | null;
  readonly taxId: string | null;
  readonly email: string | null;
  readonly paymentDetails: string | null;
  readonly series: string;
  readonly creditSeries: string;
  readonly taxRounding: TaxRounding;
  /** Share of the price. */
  readonly taxRate: string;
  readonly paymentDays: number;
  readonly isDefault: boolean;
  readonly version: number;
};

type Row = {
  id: string;
  name: string;
  street: string | null;
  postal_code: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  tax_id: string | null;
  email: string | null;
  payment_details: string | null;
  series: string;
  credit_series: string;
  tax_rounding: string;
  tax_rate: string;
  payment_days: number;
  is_default: boolean;
  version: number;
};

export function toLegalEntity(row: Row): LegalEntity {
  return {
    id: row.id,
    name: row.name,
    street: row.street,
    postalCode: row.postal_code,
    city: row.city,
    region: row.region,
    country: row.country,
    taxId: row.tax_id,
    email: row.email,
    paymentDetails: row.payment_details,
    series: row.series,
    creditSeries: row.credit_series,
    taxRounding: row.tax_rounding as TaxRounding,
    taxRate: row.tax_rate,
    paymentDays: row.payment_days,
    isDefault: row.is_default,
    version: row.version,
  };
}

/** What a company has that nobody described yet. */
export function plainEntity(name: string, isDefault: boolean): LegalEntity {
  return {
    id: uuidv7(),
    name,
    street: null,
    postalCode: null,
    city: null,
    region: null,
    country: null,
    taxId: null,
    email: null,
    paymentDetails: null,
    series: "INV",
    creditSeries: "CN",
    taxRounding: "document",
    taxRate: "0",
    paymentDays: 30,
    isDefault,
    version: 1,
  };
}

/** The first one of an organization is made once, whoever asks first. */
export async function insertLegalEntity(ctx: RevenueContext, entity: LegalEntity): Promise<void> {
  const { organizationId } = ctx.actor;
  await sql`insert into legal_entity (organization_id, id, name, street, postal_code, city, region, country, tax_id, email, payment_details,
      series, credit_series, tax_rounding, tax_rate, payment_days, is_default, created_at, version)
    values (${organizationId}, ${entity.id}, ${entity.name}, ${entity.street}, ${entity.postalCode}, ${entity.city}, ${entity.region},
      ${entity.country}, ${entity.taxId}, ${entity.email}, ${entity.paymentDetails}, ${entity.series}, ${entity.creditSeries},
      ${entity.taxRounding}, ${entity.taxRate}::numeric, ${entity.paymentDays}, ${entity.isDefault}, ${ctx.now}, ${entity.version})
    on conflict (organization_id) where is_default do nothing`.execute(ctx.tx);
}

/** The company that issues where nobody chose another; the organization itself, under its name, until one is described. */
export async function defaultEntity(ctx: RevenueContext): Promise<LegalEntity> {
  const known = await findDefault(ctx);
  if (known !== undefined) return known;
  await insertLegalEntity(ctx, plainEntity(ctx.organization.name, true));
  const made = await findDefault(ctx);
  if (made === undefined) throw new TypeError("an organization has a default legal entity");
  return made;
}

async function findDefault(ctx: RevenueContext): Promise<LegalEntity | undefined> {
  const row = await ctx.tx
    .selectFrom("legal_entity")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("is_default", "=", true)
    .executeTakeFirst();
  return row === undefined ? undefined : toLegalEntity(row);
}

/** @throws Refusal 404 */
export async function getEntity(ctx: RevenueContext, id: string): Promise<LegalEntity> {
  const row = await ctx.tx
    .selectFrom("legal_entity")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw notFound("legal entity");
  return toLegalEntity(row);
}

/** Loads for update. @throws Refusal 404 */
export async function lockEntity(ctx: RevenueContext, id: string): Promise<LegalEntity> {
  const row = await ctx.tx
    .selectFrom("legal_entity")
    .selectAll()
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw notFound("legal entity");
  return toLegalEntity(row);
}

export async function saveEntity(ctx: RevenueContext, entity: LegalEntity): Promise<void> {
  await ctx.tx
    .updateTable("legal_entity")
    .set({
      name: entity.name,
      street: entity.street,
      postal_code: entity.postalCode,
      city: entity.city,
      region: entity.region,
      country: entity.country,
      tax_id: entity.taxId,
      email: entity.email,
      payment_details: entity.paymentDetails,
      series: entity.series,
      credit_series: entity.creditSeries,
      tax_rounding: entity.taxRounding,
      tax_rate: entity.taxRate,
      payment_days: entity.paymentDays,
      is_default: entity.isDefault,
      version: entity.version,
    })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", entity.id)
    .execute();
}

/** Whoever was the default is not any more. */
export async function clearDefault(ctx: RevenueContext): Promise<void> {
  await sql`update legal_entity set is_default = false, version = version + 1
    where organization_id = ${ctx.actor.organizationId} and is_default`.execute(ctx.tx);
}
