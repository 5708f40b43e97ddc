import type { Statement } from "@rainmaker/contracts/revenue/commissions";
import { formatMonth } from "#lib/format";
import { Coins } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useKey } from "#lib/keys";
import { announce } from "#lib/announce";
import { useMedia } from "#lib/media";
import { useCan, useUser } from "#lib/session";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { lazyLayer } from "#ui/lazy-part";
import { PageBody, PhoneDock } from "#ui/page-head";
import { RailLayout } from "#ui/rail-layout";
import { LinesTable } from "./lines-table.tsx";
import { statementLines, type StatementLine } from "./statement.ts";
import { StatementSummary } from "./statement-summary.tsx";
import { WaitingPayments } from "./waiting-payments.tsx";
import { WhyPanel, whyTitle, whyTitleId, type Earner } from "./why-panel.tsx";

// Only where there is no room for a rail.
const WhySheet = lazyLayer("The explanation", async () => (await import("./why-sheet.tsx")).WhySheet);

type StatementViewProps = {
  readonly statement: Statement;
  readonly earner: Earner;
  /** The line of the address. */
  readonly lineKey: string | undefined;
  readonly onExplain: (key: string | undefined) => void;
  readonly onRetry: () => void;
};

/** A month line by line, and beside it why the chosen line is what it is. */
export function StatementView({ statement, earner, lineKey, onExplain, onRetry }: StatementViewProps): ReactElement {
  const isNarrow = useMedia("noRail");
  const lines = statementLines(statement);
  const asked = lineKey === "last" ? lines[0] : lines.find(({ key, id }) => key === lineKey || id === lineKey);
  // The newest one is open by itself where there is room: the explanation is the point of the page.
  const explained = asked ?? (isNarrow ? undefined : lines[0]);
  const explain = (line: StatementLine): void => {
    onExplain(line.key);
    if (!isNarrow) announce(`${whyTitle(line)}, ${line.payment.number}`);
  };
  const explainLast = (): void => {
    const line = explained ?? lines[0];
    if (line === undefined) return;
    onExplain(line.key);
    document.getElementById(whyTitleId)?.focus();
  };
  useKey("w", "Why: explain the line", explainLast, { isActive: lines.length > 0 });

  const main = (
    <>
      <StatementSummary statement={statement} earner={earner} />
      <LinesTable
        lines={lines}
        totals={statement.totals}
        currentKey={explained?.key}
        onExplain={explain}
        onRetry={onRetry}
        empty={<NoLines statement={statement} earner={earner} />}
      />
      <Waiting statement={statement} />
    </>
  );
  if (!isNarrow && explained !== undefined) {
    return (
      <RailLayout
        mainLabel="Statement"
        railLabel="Explanation"
        rail={<WhyPanel key={explained.key} line={explained} earner={earner} />}
      >
        {main}
      </RailLayout>
    );
  }
  return (
    <>
      <PageBody isPadded={false} className="flex flex-col">
        {main}
      </PageBody>
      {lines.length > 0 && (
        <PhoneDock>
          <Button onClick={explainLast}>Why the newest line</Button>
        </PhoneDock>
      )}
      {asked !== undefined && <WhySheet line={asked} earner={earner} onClose={() => onExplain(undefined)} />}
    </>
  );
}

function Waiting({ statement }: { readonly statement: Statement }): ReactNode {
  const mayRead = useCan("payment.read");
  return mayRead && <WaitingPayments month={statement.month} ownerId={statement.participant.id} />;
}

function NoLines({ statement, earner }: Pick<StatementViewProps, "statement" | "earner">): ReactElement {
  const { month, plan } = statement;
  const mayReadDeals = useCan("deal.read");
  const { reach } = useUser();
  const readsOthers = reach["commission.read"] !== "own";
  return (
    <EmptyState
      icon={Coins}
      title={`No commission in ${formatMonth(month)}`}
      actions={mayReadDeals && <ButtonLink to="/deals">Deals & payments</ButtonLink>}
    >
      {plan === null
        ? `No plan holds for ${earner.isYou ? "you" : earner.firstName} in this month, so nothing is posted. Whoever keeps the plans can say which one should.`
        : `It is posted the moment a payment of ${earner.isYou ? "yours" : earner.firstName} is verified, and each line says why.`}
      {readsOthers && earner.isYou && " Choose somebody at the top to read theirs."}
    </EmptyState>
  );
}
