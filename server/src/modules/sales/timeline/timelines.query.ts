import type { EventType } from "@rainmaker/contracts/events";
import type { QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { opportunityTimeline, TimelineKind } from "@rainmaker/contracts/records/records";
import { interactionKinds } from "@rainmaker/contracts/sales/interactions";
import { sql, type RawBuilder } from "kysely";
import { formerIds, readTimeline, type TimelineLine, type TimelineSource } from "#modules/records";
import { reachOf, type Context } from "#platform/context";
import { withinReachOrGranted } from "#platform/scope";
import { getContact } from "../contacts/contacts.query.ts";
import { getCustomer } from "../customers/customers.query.ts";
import { interactionRecord } from "../interactions/interaction.ts";
import { readInteractions, withContact } from "../interactions/interactions.query.ts";
import { getOpportunity } from "../opportunities/opportunities.query.ts";

type Timeline = ReplyInput<typeof opportunityTimeline>;
type Query = QueryOf<typeof opportunityTimeline>;

/** What happened to a sale; commissions are their earners' own. */
const saleChanges: readonly EventType[] = [
  "opportunity.created",
  "opportunity.changed",
  "opportunity.moved",
  "opportunity.won",
  "opportunity.lost",
  "opportunity.reopened",
  "opportunity.restored",
];
const saleMoney: readonly EventType[] = [
  "deal.opened",
  "deal.submitted",
  "deal.approved",
  "deal.returned",
  "deal.revised",
  "deal.cancelled",
  "payment.recorded",
  "payment.submitted",
  "payment.verified",
  "payment.rejected",
  "payment.reversed",
  "payment.refunded",
];
const customerChanges: readonly EventType[] = [
  "customer.created",
  "customer.changed",
  "customer.restored",
  "customer.merged",
  "contact.created",
];
const contactChanges: readonly EventType[] = [
  "contact.created",
  "contact.changed",
  "contact.restored",
  "contact.merged",
];

export async function readOpportunityTimeline(ctx: Context, opportunityId: string, query: Query): Promise<Timeline> {
  await getOpportunity(ctx, opportunityId);
  return readWith(ctx, query, {
    about: { entity: "opportunity", id: opportunityId },
    threads: sql`select o.id, o.owner_id from opportunity o where o.organization_id = ${ctx.actor.organizationId} and o.id = ${opportunityId}::uuid`,
    changes: saleChanges,
    money: saleMoney,
    which: sql`i.opportunity_id = ${opportunityId}::uuid`,
  });
}

/** A customer's own, and that of its sales and contacts as far as the viewer sees them. */
export async function readCustomerTimeline(ctx: Context, customerId: string, query: Query): Promise<Timeline> {
  const { id } = await getCustomer(ctx, customerId);
  const { organizationId } = ctx.actor;
  return readWith(ctx, query, {
    about: { entity: "customer", id },
    threads: sql`${threadsOf(ctx, "customer", id)}
      union all select o.id, o.owner_id from opportunity o where o.organization_id = ${organizationId} and o.customer_id = ${id}::uuid
        and o.deleted_at is null and ${withinReachOrGranted(ctx, "opportunity", sql.ref("o.id"), sql.ref("o.owner_id"))}
      union all select c.id, c.owner_id from contact_customer l join contact c on c.organization_id = l.organization_id and c.id = l.contact_id
        where l.organization_id = ${organizationId} and l.customer_id = ${id}::uuid and c.deleted_at is null
          and ${withinReachOrGranted(ctx, "contact", sql.ref("c.id"), sql.ref("c.owner_id"))}`,
    changes: [...customerChanges, ...saleChanges],
    money: saleMoney,
    which: sql`i.customer_id = ${id}::uuid`,
  });
}

export async function readContactTimeline(ctx: Context, contactId: string, query: Query): Promise<Timeline> {
  const { id } = await getContact(ctx, contactId);
  return readWith(ctx, query, {
    about: { entity: "contact", id },
    threads: threadsOf(ctx, "contact", id),
    changes: contactChanges,
    money: [],
    which: withContact(ctx, id, "i"),
  });
}

/** A record's own thread, and those of what was merged into it: no money stands on them. */
function threadsOf(ctx: Context, entity: "customer" | "contact", id: string): RawBuilder<unknown> {
  return sql`select own.id, null::uuid as owner_id from (select ${id}::uuid as id union all ${formerIds(ctx, entity, id)}) own`;
}

type Told = Pick<TimelineSource, "about"> & {
  readonly threads: RawBuilder<unknown>;
  readonly changes: readonly EventType[];
  readonly money: readonly EventType[];
  /** Of the interactions i. */
  readonly which: RawBuilder<unknown>;
};

async function readWith(
  ctx: Context,
  query: Query,
  { about, threads, changes, money, which }: Told,
): Promise<Timeline> {
  const { kind } = query;
  const isTold = (group: "change" | "money"): boolean => kind === undefined || kind === group;
  const { items, nextCursor } = await readTimeline(
    ctx,
    {
      about,
      threads,
      types: [...(isTold("change") ? changes : []), ...(isTold("money") ? money : [])],
      apart: ["deal", "payment"],
      beside: besideOf(ctx, which, kind),
    },
    query,
  );
  return { items: await withInteractions(ctx, items), nextCursor };
}

function besideOf(ctx: Context, which: RawBuilder<unknown>, kind: TimelineKind | undefined): TimelineSource["beside"] {
  const kinds = interactionKinds.filter((name) => kind === undefined || kind === name);
  return ({ after, asked, most }) => {
    if (kinds.length === 0 || reachOf(ctx.actor, "interaction") === null) return null;
    const { numberPrefix } = interactionRecord;
    const said = sql`(i.subject || ' ' || coalesce(i.body, ''))`;
    return sql`select i.id::text as id, 'interaction.logged' as type, 'interaction' as entity, i.id as record_id,
        ${numberPrefix}::text || '-' || i.number as label, i.author_id as actor_id, i.occurred_at
      from interaction i where i.organization_id = ${ctx.actor.organizationId} and i.deleted_at is null and ${which}
        and i.kind = any(${kinds}::text[]) and ${asked({ actor: "i.author_id", id: sql`i.id::text`, said })} and ${after("i.occurred_at", sql`i.id::text`)}
        and ${withinReachOrGranted(ctx, "interaction", sql.ref("i.id"), sql.ref("i.owner_id"))}
      order by i.occurred_at desc, i.id desc limit ${most}`;
  };
}

async function withInteractions(ctx: Context, lines: readonly TimelineLine[]): Promise<Timeline["items"]> {
  const isOne = ({ entity }: TimelineLine): boolean => entity === "interaction";
  const found = await readInteractions(
    ctx,
    lines.filter(isOne).flatMap(({ recordId }) => recordId ?? []),
  );
  const byId = new Map(found.map((interaction) => [interaction.id, interaction]));
  return lines.map((line) => ({ ...line, interaction: byId.get(line.recordId ?? "") ?? null }));
}
