import type { OpportunityView, opportunityGroups } from "@rainmaker/contracts/sales/choices";
import type { Filter } from "@rainmaker/contracts/records/filters";
import { listOpportunities, type OpportunityRow } from "@rainmaker/contracts/sales/opportunities";
import { totalOpportunities } from "@rainmaker/contracts/sales/opportunity-totals";
import { filterQueryOf, rowsQuery, totalsQuery, type RowsQuery, type TotalsQuery } from "#features/records";

type Asked = { readonly filter: Filter; readonly view: OpportunityView | undefined };

/** Rows of the table. */
export function opportunityRows({ filter, view, sort }: Asked & { readonly sort: string }): RowsQuery<OpportunityRow> {
  const query = { sort, ...filterQueryOf(filter), ...(view !== undefined && { view }) };
  return rowsQuery(listOpportunities, query, ["opportunity"]);
}

/** What the table comes to, whole and by groups. */
export function opportunityTotals({ filter, view }: Asked, groupBy: string | undefined): TotalsQuery {
  const by = groupBy as (typeof opportunityGroups)[number] | undefined;
  const query = {
    ...filterQueryOf(filter),
    ...(view !== undefined && { view }),
    ...(by !== undefined && { groupBy: by }),
  };
  return totalsQuery(totalOpportunities, query, ["opportunity"]);
}
