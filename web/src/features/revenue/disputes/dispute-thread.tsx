import type { Dispute } from "@rainmaker/contracts/revenue/disputes";
import { ArrowRight } from "lucide-react";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatMoney, formatMonth } from "#lib/format";
import { Avatar } from "#ui/avatar";
import { Badge } from "#ui/badge";
import { Moment } from "#ui/moment";
import { categoryNames, differenceOf, stateLooks } from "./dispute-words.ts";

/** What stands there, what should, and what was said about it. */
export function DisputeThread({ dispute }: { readonly dispute: Dispute }): ReactElement {
  const { posted, expected, participant, messages, category, state, granted, grantedIn, closedBy } = dispute;
  const firstName = participant.name.split(" ")[0] ?? "";
  return (
    <div className="flex flex-col gap-5">
      <dl className="flex items-stretch gap-2.5 max-sm:flex-col">
        <Sum label="On the statement" value={formatMoney(posted)} />
        <ArrowRight size={16} aria-hidden="true" className="self-center text-subtle max-sm:hidden" />
        <Sum label={`${firstName} expects`} value={formatMoney(expected)} isExpected />
        <Sum label="Difference" value={formatMoney(differenceOf(dispute), { signed: true })} />
      </dl>
      <ol className="flex flex-col gap-4">
        {messages.map(({ id, author, body, sentAt }, index) => (
          <li key={id} className="flex gap-3">
            <Avatar person={author} isDecorative />
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-2">
                <span className="font-medium">{author.name}</span>
                {index === 0 && <Badge>{categoryNames[category]}</Badge>}
                <Moment at={sentAt} className="ml-auto text-xs text-subtle" />
              </p>
              <p className="text-md break-words whitespace-pre-wrap">{body}</p>
            </div>
          </li>
        ))}
      </ol>
      {state !== "open" && (
        <p className="flex flex-wrap items-center gap-2 text-muted">
          <Badge tone={stateLooks[state].tone}>{stateLooks[state].word}</Badge>
          {closedBy !== null && `by ${closedBy.name}.`}
          {granted !== null &&
            grantedIn !== null &&
            ` ${formatMoney(granted, { signed: true })} stands as a line of its own in ${formatMonth(grantedIn)}.`}
        </p>
      )}
    </div>
  );
}

type SumProps = { readonly label: string; readonly value: string; readonly isExpected?: boolean };

function Sum({ label, value, isExpected = false }: SumProps): ReactElement {
  return (
    <div
      className={cx("flex-1 rounded-[9px] border px-3.5 py-2.5", isExpected && "border-warning-line bg-warning-soft")}
    >
      <dt className={cx("text-xs", isExpected ? "text-warning-fg" : "text-muted")}>{label}</dt>
      <dd className={cx("tnum text-xl font-semibold", isExpected && "text-warning-fg")}>{value}</dd>
    </div>
  );
}
