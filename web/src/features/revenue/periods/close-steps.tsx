import type { Period } from "@rainmaker/contracts/revenue/periods";
import type { ReactElement } from "react";
import { formatDay } from "#lib/format";
import { Stepper } from "#ui/stepper";
import { checksOf } from "./checks.ts";

const order = { open: 0, closing: 1, locked: 3, paid: 4 } as const;

/** Where the month is on its way to being paid. */
export function CloseSteps({ period }: { readonly period: Period }): ReactElement {
  const { statements, locked, paid, checks } = period;
  const list = checksOf(period);
  const at = order[period.state];
  const approved = statements.length - checks.notApproved;
  const details = [
    `${list.filter(({ isDone }) => isDone).length} of ${list.length} pass`,
    period.state === "open" ? "not issued yet" : `${approved} of ${statements.length} approved`,
    locked === null ? "cannot be undone" : formatDay(locked.at.slice(0, 10)),
    paid === null ? "by another person" : formatDay(paid.at.slice(0, 10)),
  ];
  return (
    <div className="flex-none border-b border-line-subtle px-5 py-3.5 max-sm:px-4">
      <Stepper
        label="Steps of the close"
        steps={["Checks", "Statements", "Lock", "Pay out"].map((label, index) => ({
          label,
          detail: details[index] ?? "",
          state: index < at ? "done" : index === at ? "current" : "future",
        }))}
      />
    </div>
  );
}
