import { generalLedgerFile, payrollFile, type Period } from "@rainmaker/contracts/revenue/periods";
import { CircleAlert, CircleCheck, CircleX, Download, type LucideIcon } from "lucide-react";
import { useState, type ReactElement } from "react";
import { callForFile } from "#lib/api";
import { cx } from "#lib/class-names";
import { saveFile } from "#lib/files";
import { formatCount, formatCountOf, formatMoney, formatMonth } from "#lib/format";
import { notifyFailure } from "#lib/toasts";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { TextLink } from "#ui/link";
import { checksOf, type Check } from "./checks.ts";

/** What has to be true before the month is locked, what locking does, and what is paid out. */
export function CloseRail({ period, mayClose }: { readonly period: Period; readonly mayClose: boolean }): ReactElement {
  const isFrozen = period.state === "locked" || period.state === "paid";
  return (
    <>
      {!isFrozen && <ChecksCard period={period} />}
      {!isFrozen && (
        <Card>
          <CardHead title="What the lock does" />
          <CardBody>
            <p className="text-xs text-muted">
              Freezes {formatCountOf(period.statements.length, "statement")} with a fingerprint. It cannot be opened
              again: later facts appear in the next open month and name this one.
            </p>
          </CardBody>
        </Card>
      )}
      <PayoutCard period={period} />
      {isFrozen && mayClose && <FilesCard month={period.month} />}
    </>
  );
}

const marks: Readonly<Record<"done" | "needed" | "said", { icon: LucideIcon; look: string; word: string }>> = {
  done: { icon: CircleCheck, look: "text-success-fg", word: "Done" },
  needed: { icon: CircleX, look: "text-danger-fg", word: "To do" },
  said: { icon: CircleAlert, look: "text-warning-fg", word: "Note" },
};

function ChecksCard({ period }: { readonly period: Period }): ReactElement {
  const checks = checksOf(period);
  const remaining = checks.filter(({ isDone, isNeeded }) => isNeeded && !isDone).length;
  return (
    <Card>
      <CardHead
        title="Before locking"
        end={remaining === 0 ? <Badge tone="success">Ready</Badge> : <Badge tone="warning">{remaining} to do</Badge>}
      />
      <ul className="pb-1.5">
        {checks.map((check) => (
          <CheckLine key={check.id} check={check} month={period.month} />
        ))}
      </ul>
    </Card>
  );
}

function CheckLine({ check, month }: { readonly check: Check; readonly month: string }): ReactElement {
  const { icon: Icon, look, word } = marks[check.isDone ? "done" : check.isNeeded ? "needed" : "said"];
  return (
    <li className="flex min-h-9.5 items-center gap-2.5 border-t border-line-subtle px-4 py-1.5">
      <Icon size={14} aria-hidden="true" className={cx("flex-none", look)} />
      <span className={cx("min-w-0 flex-1", check.isDone && "text-muted")}>
        <span className="sr-only">{word}: </span>
        {check.text}
      </span>
      {check.id === "disputes" && !check.isDone && (
        <TextLink to="/disputes" search={{ month }}>
          Answer
        </TextLink>
      )}
      {check.id === "payments" && !check.isDone && (
        <TextLink to="/deals" search={{ show: "payments" }}>
          Look
        </TextLink>
      )}
    </li>
  );
}

function PayoutCard({ period }: { readonly period: Period }): ReactElement {
  const { state, totals, statements, payouts } = period;
  const negative = statements.filter(
    ({ earned, payable }) => earned.amount.startsWith("-") && /^[0.]+$/.test(payable.amount),
  );
  return (
    <Card>
      <CardHead title="Payout" end={state === "locked" || state === "paid" ? undefined : "preview"} />
      <CardBody>
        <dl className="flex flex-col gap-2">
          <Figure
            label="People"
            value={`${formatCount(statements.length)}, ${formatCount(negative.length)} negative`}
          />
          {totals.map(({ payable }) => (
            <Figure key={payable.currency} label="To pay" value={formatMoney(payable)} isMain />
          ))}
          {payouts.map(({ batchId, people, paid }) => (
            <Figure
              key={batchId + paid.currency}
              label={`Paid to ${formatCountOf(people, "person", "people")}`}
              value={formatMoney(paid)}
            />
          ))}
          {payouts[0] !== undefined && <Figure label="Batch" value={payouts[0].batchId.slice(-8)} />}
        </dl>
      </CardBody>
    </Card>
  );
}

type FigureProps = { readonly label: string; readonly value: string; readonly isMain?: boolean };

function Figure({ label, value, isMain = false }: FigureProps): ReactElement {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-muted">{label}</dt>
      <dd className={cx("tnum", isMain && "font-semibold text-earn-fg")}>{value}</dd>
    </div>
  );
}

const files = [
  { contract: payrollFile, label: "Payroll file" },
  { contract: generalLedgerFile, label: "General ledger" },
] as const;

function FilesCard({ month }: { readonly month: string }): ReactElement {
  const [loading, setLoading] = useState<string | null>(null);
  const save = async ({ contract, label }: (typeof files)[number]): Promise<void> => {
    if (loading !== null) return;
    setLoading(label);
    try {
      saveFile(await callForFile(contract, { params: { month } }), `${label} ${month}.csv`);
    } catch (error) {
      notifyFailure(`${label} of ${formatMonth(month)} could not be saved`, error);
    } finally {
      setLoading(null);
    }
  };
  return (
    <Card>
      <CardHead title="Files" context="CSV" />
      <CardBody className="flex flex-wrap gap-2">
        {files.map((file) => (
          <Button key={file.label} icon={Download} isLoading={loading === file.label} onClick={() => void save(file)}>
            {file.label}
          </Button>
        ))}
      </CardBody>
    </Card>
  );
}
