import {
  listSalesRows,
  readCommissionFigures,
  readPerformance,
  readSalesFigures,
} from "@rainmaker/contracts/analytics/figures";
import type { SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import { monthOf } from "@rainmaker/contracts/time";
import { livePages, liveQuery } from "#lib/query";

type Days = { readonly from: string; readonly to: string };

const entities = ["payment", "refund", "goal", "commission", "deal", "metric"];

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function salesQuery(days: Days, by: SalesGrouping) {
  return liveQuery(readSalesFigures, { query: { ...days, by } }, entities);
}

/** @param key of the group whose rows are read; undefined for the one without */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function salesRowsQuery(days: Days, by: SalesGrouping, key: string | undefined) {
  return livePages(listSalesRows, { query: { ...days, by, ...(key !== undefined && { key }) } }, entities);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function commissionQuery({ from, to }: Days, by: "month" | "member") {
  return liveQuery(readCommissionFigures, { query: { from: monthOf(from), to: monthOf(to), by } }, entities);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function performanceQuery(month: string) {
  return liveQuery(readPerformance, { query: { month } }, entities);
}
