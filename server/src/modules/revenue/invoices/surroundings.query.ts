import { sql } from "kysely";
import { numberOf } from "#modules/records";
import { notFound } from "#platform/errors";
import { dealRecord } from "../deals/deal.ts";
import { paymentRecord } from "../payments/payment.ts";
import type { RevenueContext } from "../revenue.context.ts";
import { addressLines, type Surroundings } from "./invoice.ts";

export type AroundRow = {
  deal_number: bigint;
  deal_title: string;
  entity_name: string;
  entity_street: string | null;
  entity_postal_code: string | null;
  entity_city: string | null;
  entity_region: string | null;
  entity_country: string | null;
  entity_tax_id: string | null;
  entity_email: string | null;
  payment_details: string | null;
  customer_name: string | null;
  customer_email: string | null;
  street: string | null;
  postal_code: string | null;
  city: string | null;
  region: string | null;
  country: string | null;
  location: string | null;
  corrected_name: string | null;
  receipt_number: bigint | null;
};

/** What an invoice i says beside itself. */
export const aroundColumns = sql.raw(
  "d.number as deal_number, d.title as deal_title, e.name as entity_name, e.street as entity_street, e.postal_code as entity_postal_code, " +
    "e.city as entity_city, e.region as entity_region, e.country as entity_country, e.tax_id as entity_tax_id, e.email as entity_email, " +
    "e.payment_details, c.name as customer_name, c.email as customer_email, c.street, c.postal_code, c.city, c.region, c.country, c.location, " +
    "x.name as corrected_name, p.number as receipt_number",
);

export const aroundJoins = sql.raw(
  "join deal d on d.organization_id = i.organization_id and d.id = i.deal_id " +
    "join legal_entity e on e.organization_id = i.organization_id and e.id = i.legal_entity_id " +
    "left join sales.customer_address_ref c on c.organization_id = i.organization_id and c.id = i.customer_id " +
    "left join invoice x on x.organization_id = i.organization_id and x.id = i.corrects_invoice_id " +
    "left join payment p on p.organization_id = i.organization_id and p.id = i.payment_id",
);

export function toSurroundings(row: AroundRow): Surroundings {
  const address = addressLines({
    street: row.street,
    postalCode: row.postal_code,
    city: row.city,
    region: row.region,
    country: row.country,
  });
  return {
    seller: {
      name: row.entity_name,
      address: addressLines({
        street: row.entity_street,
        postalCode: row.entity_postal_code,
        city: row.entity_city,
        region: row.entity_region,
        country: row.entity_country,
      }),
      taxId: row.entity_tax_id,
      email: row.entity_email,
    },
    buyer: {
      name: row.customer_name ?? "",
      address: address.length > 0 || row.location === null ? address : [row.location],
      taxId: null,
      email: row.customer_email,
    },
    deal: { number: numberOf(dealRecord, row.deal_number), title: row.deal_title },
    corrects: row.corrected_name,
    receiptOf: row.receipt_number === null ? null : numberOf(paymentRecord, row.receipt_number),
    paymentDetails: row.payment_details,
  };
}

/** @throws Refusal 404 */
export async function readSurroundings(ctx: RevenueContext, invoiceId: string): Promise<Surroundings> {
  const { rows } = await sql<AroundRow>`select ${aroundColumns} from invoice i ${aroundJoins}
    where i.organization_id = ${ctx.actor.organizationId} and i.id = ${invoiceId}`.execute(ctx.tx);
  if (rows[0] === undefined) throw notFound("invoice");
  return toSurroundings(rows[0]);
}
