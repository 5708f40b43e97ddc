import { toDecimal } from "@rainmaker/contracts/money";
import { sql } from "kysely";
import type { Context } from "#platform/context";
import { csvHead, csvLine } from "#platform/csv";
import { Refusal } from "#platform/errors";

type File = { readonly content: Buffer; readonly type: string; readonly name: string; readonly inline: boolean };

type Row = {
  owner_id: string;
  owner_name: string | null;
  currency: string;
  earned: bigint;
  payable: bigint;
  fingerprint: string;
  /** What was paid of it, in which batch; null until it is released. */
  paid: bigint | null;
  batch: string | null;
};

/** What a locked month pays each person; whoever is owed nothing is not in it. */
export async function payrollFile(ctx: Context, month: string): Promise<File> {
  const rows = await readLocked(ctx, month);
  const lines = rows
    .filter(({ payable }) => payable > 0n)
    .map((row) => [
      row.owner_name ?? "",
      row.owner_id,
      month,
      row.currency,
      toDecimal(row.payable, row.currency),
      row.batch ?? "",
    ]);
  return csvFile(
    `payroll ${month}.csv`,
    ["employee", "employee_id", "period", "currency", "amount", "batch_id"],
    lines,
  );
}

/** Debits and credits of a locked month: what became owed, and once it is paid, what was paid of it. */
export async function generalLedgerFile(ctx: Context, month: string): Promise<File> {
  const rows = await readLocked(ctx, month);
  const lines = rows.flatMap((row) => {
    const line = (account: string, minor: bigint, batch = ""): string[] => {
      const amount = toDecimal(minor < 0n ? -minor : minor, row.currency);
      const [debit, credit] = minor < 0n ? ["", amount] : [amount, ""];
      return [month, account, row.owner_name ?? "", row.owner_id, debit, credit, row.currency, row.fingerprint, batch];
    };
    const earned = [line("commission expense", row.earned), line("commissions payable", -row.earned)];
    if (row.paid === null || row.batch === null) return earned;
    return [
      ...earned,
      line("commissions payable", row.paid, row.batch),
      line("payroll clearing", -row.paid, row.batch),
    ];
  });
  const head = [
    "period",
    "account",
    "employee",
    "employee_id",
    "debit",
    "credit",
    "currency",
    "statement_sha256",
    "batch_id",
  ];
  return csvFile(`general ledger ${month}.csv`, head, lines);
}

/** @throws Refusal 409 before the month is locked: until then its figures may change */
async function readLocked(ctx: Context, month: string): Promise<Row[]> {
  const { organizationId } = ctx.actor;
  const found = await sql<{ state: string }>`
    select p.state from commission_period p where p.organization_id = ${organizationId} and p.month = ${month}`.execute(
    ctx.tx,
  );
  const state = found.rows[0]?.state;
  if (state !== "locked" && state !== "paid") {
    throw new Refusal("conflict", "period_not_locked", "The files of a month exist from the day it is locked");
  }
  const { rows } = await sql<Row>`
    select s.owner_id, w.name as owner_name, s.currency, s.earned_minor as earned, s.payable_minor as payable, encode(s.content_hash, 'hex') as fingerprint,
      o.amount_minor as paid, o.batch_id as batch
    from commission_statement s join commission_period p on p.organization_id = s.organization_id and p.id = s.period_id
    left join payout o on o.organization_id = s.organization_id and o.statement_id = s.id
    left join organization.member_ref w on w.organization_id = s.organization_id and w.id = s.owner_id
    where s.organization_id = ${organizationId} and p.month = ${month} order by w.name, s.owner_id, s.currency`.execute(
    ctx.tx,
  );
  return rows;
}

function csvFile(name: string, head: readonly string[], lines: readonly (readonly string[])[]): File {
  const text = csvHead(head) + lines.map(csvLine).join("");
  return { content: Buffer.from(text), type: "text/csv; charset=utf-8", name, inline: false };
}
