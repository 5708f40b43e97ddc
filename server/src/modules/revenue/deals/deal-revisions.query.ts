import { toWire } from "@rainmaker/contracts/money";
import type { ReplyInput } from "@rainmaker/contracts/endpoint";
import type { DealRevision, getDeal } from "@rainmaker/contracts/revenue/deals";
import { instant } from "../payments/payments.query.ts";

type Person = { id: string; name: string };

export type RevisionRow = Pick<DealRevision, "kind" | "revision" | "reason" | "state" | "proposedAt" | "note"> & {
  id: string;
  before: string;
  amount: string;
  proposedBy: Person;
  decidedBy: Person | null;
  decidedAt: string | null;
};

/** Changes of a deal d after its approval, the newest first. */
export const revisionsColumn =
  "(select coalesce(json_agg(json_build_object('id', dr.id, 'kind', dr.kind, 'revision', dr.revision, 'before', dr.amount_before_minor::text, " +
  "'amount', dr.amount_minor::text, 'reason', dr.reason, 'state', dr.state, 'note', dr.note, " +
  `'proposedBy', json_build_object('id', dr.proposed_by, 'name', coalesce(pm.name, '')), 'proposedAt', ${instant("dr.proposed_at")}, ` +
  "'decidedBy', case when dr.decided_by is not null then json_build_object('id', dr.decided_by, 'name', coalesce(dm.name, '')) end, " +
  `'decidedAt', ${instant("dr.decided_at")}) order by dr.proposed_at desc, dr.id desc), '[]') from deal_revision dr ` +
  "left join organization.member_ref pm on pm.organization_id = dr.organization_id and pm.id = dr.proposed_by " +
  "left join organization.member_ref dm on dm.organization_id = dr.organization_id and dm.id = dr.decided_by " +
  "where dr.organization_id = d.organization_id and dr.deal_id = d.id) as revisions";

export function toRevision(
  { before, amount, ...row }: RevisionRow,
  currency: string,
): ReplyInput<typeof getDeal>["revisions"][number] {
  return { ...row, amountBefore: toWire(BigInt(before), currency), amount: toWire(BigInt(amount), currency) };
}
