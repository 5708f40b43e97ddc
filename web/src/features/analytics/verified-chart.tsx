import type { Dashboard } from "@rainmaker/contracts/analytics/dashboard";
import type { ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { ChartCard } from "#ui/chart-card";
import { ColumnChart } from "#ui/column-chart";
import { daysOfMonth, dayText, verifiedTitle } from "./verified-days.ts";

/** Days that are named under the axis. */
const ticks = new Set(["01", "08", "15", "22", "29"]);

/** Verified money by the day it arrived. */
export function VerifiedChart({
  dashboard,
  today,
}: {
  readonly dashboard: Dashboard;
  readonly today: string;
}): ReactElement {
  const days = daysOfMonth(dashboard);
  const title = verifiedTitle(dashboard);
  const highest = days.reduce((most, day) => (day.share > most.share ? day : most), days[0] ?? noDay);
  return (
    <ChartCard
      title={title}
      context="by day"
      fileName={`verified-${dashboard.month}.csv`}
      table={{
        heads: ["Day", `Verified, ${dashboard.currency}`],
        rows: days
          .filter(({ day }) => day <= today)
          .map(({ day, verified }) => ({
            key: day,
            label: dayText(day),
            text: formatMoney(verified),
            csv: verified.amount,
          })),
      }}
    >
      <ColumnChart
        label={`Verified money by day of the month: ${title}.`}
        top={highest.share > 0 ? formatMoney(highest.verified, { style: "compact" }) : ""}
        points={days.map(({ day, verified, share }) => ({
          key: day,
          label: dayText(day),
          share,
          text: formatMoney(verified, { style: "short" }),
          ...(ticks.has(day.slice(8)) && { tick: dayText(day) }),
          isNow: day === today,
        }))}
      />
    </ChartCard>
  );
}

const noDay = { day: "", verified: { amount: "0", currency: "" }, share: 0 };
