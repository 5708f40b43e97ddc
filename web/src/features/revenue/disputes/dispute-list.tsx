import type { Dispute } from "@rainmaker/contracts/revenue/disputes";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatMoney, formatMonth } from "#lib/format";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { LogoMark } from "#ui/logo-mark";
import { categoryNames, differenceOf, stateLooks } from "./dispute-words.ts";

type DisputeListProps = {
  readonly disputes: readonly Dispute[];
  readonly currentId: string | undefined;
  readonly onOpen: (dispute: Dispute) => void;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly className?: string;
};

/** What waits first, then what is decided. */
export function DisputeList({ disputes, className, hasMore, onMore, ...rest }: DisputeListProps): ReactElement {
  const groups = [
    { title: "Waiting for an answer", of: disputes.filter(({ state }) => state === "open") },
    { title: "Decided", of: disputes.filter(({ state }) => state !== "open") },
  ].filter(({ of }) => of.length > 0);
  return (
    <nav aria-label="Disputes" className={cx("scroll-area flex min-h-0 flex-col gap-3 p-2", className)}>
      {groups.map(({ title, of }) => (
        <section key={title} aria-label={title}>
          <h2 className="px-2 py-1.5 text-subtle">{title}</h2>
          <ul className="flex flex-col gap-1">
            {of.map((dispute) => (
              <DisputeItem key={dispute.id} dispute={dispute} {...rest} />
            ))}
          </ul>
        </section>
      ))}
      {hasMore && <Button onClick={onMore}>Show more</Button>}
    </nav>
  );
}

type ItemProps = Pick<DisputeListProps, "currentId" | "onOpen"> & { readonly dispute: Dispute };

function DisputeItem({ dispute, currentId, onOpen }: ItemProps): ReactElement {
  const { customer, participant, category, month, state } = dispute;
  const isCurrent = dispute.id === currentId;
  const look = stateLooks[state];
  return (
    <li>
      <button
        type="button"
        aria-current={isCurrent || undefined}
        onClick={() => onOpen(dispute)}
        className={cx(
          "flex w-full items-center gap-2.5 rounded-[9px] border border-transparent px-2 py-2 text-left hover:bg-hover",
          isCurrent && "border-brand-line bg-selected",
        )}
      >
        <LogoMark id={customer.id} name={customer.name} />
        <span className="min-w-0 flex-1 leading-[17px]">
          <span className="block truncate font-medium">{customer.name}</span>
          <span className="block truncate text-xs text-muted">
            {categoryNames[category]} · {participant.name.split(" ")[0]} · {formatMonth(month)}
          </span>
        </span>
        {state === "open" ? (
          <span className="tnum font-medium">{formatMoney(differenceOf(dispute), { bare: true, signed: true })}</span>
        ) : (
          <Badge tone={look.tone}>{look.word}</Badge>
        )}
      </button>
    </li>
  );
}
