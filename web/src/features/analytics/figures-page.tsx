import { type SalesGroup } from "@rainmaker/contracts/analytics/figures";
import { salesGroupings, type SalesGrouping } from "@rainmaker/contracts/analytics/choices";
import { monthOf } from "@rainmaker/contracts/time";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarRange, ChartColumn, Coins, Users } from "lucide-react";
import { Suspense, type ReactElement } from "react";
import { today } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { lazyPart } from "#ui/lazy-part";
import { PageBody, PageHead, Toolbar } from "#ui/page-head";
import { Segmented } from "#ui/segmented";
import { SelectField } from "#ui/select-field";
import { CommissionFigures } from "./figures/commission-figures.tsx";
import { groupingWords, groupText } from "./figures/group-words.ts";
import { PeopleFigures } from "./figures/people-figures.tsx";
import { SalesFigures } from "./figures/sales-figures.tsx";
import type { FiguresSearch } from "./figures/search.ts";
import { daysOfSpan, spans, spanWords, type Span } from "#lib/span";
import { salesQuery } from "./figures/use-figures.ts";

const RowsSheet = lazyPart("The payments", async () => (await import("./figures/rows-sheet.tsx")).RowsSheet);

/** Verified money, commission and people over a stretch of time; every figure opens what it adds up. */
export function FiguresPage(): ReactElement {
  const search = useSearch({ from: "/shell/revenue" });
  const navigate = useNavigate({ from: "/revenue" });
  const timeZone = useUser().organization?.timeZone;
  const show = (changes: Partial<FiguresSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const now = today(timeZone);
  const days = daysOfSpan(search.span ?? "last-12-months", now);
  const by = search.show === "people" ? "member" : (search.by ?? "month");
  const openDays = search.show === "people" ? daysOfSpan("this-month", now) : days;
  return (
    <>
      <PageHead title="Revenue" />
      <FiguresToolbar search={search} onShow={show} />
      <PageBody isPadded={false}>
        {search.show === "commission" ? (
          <CommissionFigures days={days} />
        ) : search.show === "people" ? (
          <PeopleFigures month={monthOf(now)} onOpen={(memberId) => show({ open: memberId })} />
        ) : (
          <SalesFigures
            days={days}
            by={by}
            openKey={search.open}
            onOpen={(group: SalesGroup) => show({ open: group.key ?? "none" })}
          />
        )}
      </PageBody>
      {search.open !== undefined && (
        <Suspense fallback={null}>
          <OpenGroup days={openDays} by={by} open={search.open} onClose={() => show({ open: undefined })} />
        </Suspense>
      )}
    </>
  );
}

type FiguresToolbarProps = {
  readonly search: FiguresSearch;
  readonly onShow: (changes: Partial<FiguresSearch>) => void;
};

function FiguresToolbar({ search, onShow }: FiguresToolbarProps): ReactElement {
  const maySeeCommission = useCan("commission.read");
  return (
    <Toolbar>
      <Segmented
        label="Figures"
        options={[
          { value: "sales", label: "Sales", icon: ChartColumn },
          ...(maySeeCommission ? [{ value: "commission" as const, label: "Commission", icon: Coins }] : []),
          { value: "people", label: "People", icon: Users },
        ]}
        value={search.show ?? "sales"}
        onChange={(view) => onShow({ show: view === "sales" ? undefined : view, open: undefined })}
      />
      {search.show !== "people" && (
        <span className="ml-auto flex items-center gap-2">
          {search.show === undefined && (
            <SelectField<SalesGrouping>
              label="Grouped by"
              isLabelHidden
              size="sm"
              options={salesGroupings.map((value) => ({ value, label: `By ${groupingWords[value].toLowerCase()}` }))}
              value={search.by ?? "month"}
              onChange={(by) => onShow({ by: by === "month" ? undefined : by, open: undefined })}
            />
          )}
          <SelectField<Span>
            label="Time"
            isLabelHidden
            size="sm"
            icon={CalendarRange}
            options={spans.map((value) => ({ value, label: spanWords[value] }))}
            value={search.span ?? "last-12-months"}
            onChange={(span) => onShow({ span: span === "last-12-months" ? undefined : span, open: undefined })}
          />
        </span>
      )}
    </Toolbar>
  );
}

type OpenGroupProps = {
  readonly days: { readonly from: string; readonly to: string };
  readonly by: SalesGrouping;
  readonly open: string;
  readonly onClose: () => void;
};

function OpenGroup({ days, by, open, onClose }: OpenGroupProps): ReactElement {
  const key = open === "none" ? null : open;
  const { data } = useQuery(salesQuery(days, by));
  const group = data?.groups.find((each) => each.key === key);
  return (
    <RowsSheet
      title={group === undefined ? "Payments" : groupText(by, group)}
      days={days}
      by={by}
      groupKey={key ?? undefined}
      onClose={onClose}
    />
  );
}
