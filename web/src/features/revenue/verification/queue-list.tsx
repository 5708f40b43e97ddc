import { CircleAlert, Eye, Lock, Users, type LucideIcon } from "lucide-react";
import { useEffect, useRef, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { formatMoney } from "#lib/format";
import { Kbd } from "#ui/kbd";
import { LogoMark } from "#ui/logo-mark";
import { Button } from "#ui/button";
import { barNames } from "../payments/payment-words.ts";
import type { QueueItem } from "./queue-order.ts";
import { flagWords, lateSeconds, waitOf } from "./queue-words.ts";

type QueueListProps = {
  readonly items: readonly QueueItem[];
  readonly currentId: string | undefined;
  readonly onOpen: (item: QueueItem) => void;
  readonly hasMore: boolean;
  readonly onMore: () => void;
  /** Beneath the list: what is done with several at once. */
  readonly foot: ReactNode;
  readonly className?: string;
};

/** Everything that waits, oldest first; what the viewer may not decide is grey and says why. */
export function QueueList({
  items,
  currentId,
  onOpen,
  hasMore,
  onMore,
  foot,
  className,
}: QueueListProps): ReactElement {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (currentId === undefined) return;
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }, [currentId]);
  return (
    <section aria-label="Queue" className={cx("flex min-h-0 flex-col", className)}>
      <ul ref={list} className="scroll-area flex min-h-0 flex-1 flex-col gap-0.5 p-1.5">
        {items.map((item) => (
          <li key={item.payment.id}>
            <QueueRow item={item} isCurrent={item.payment.id === currentId} onOpen={() => onOpen(item)} />
          </li>
        ))}
        {hasMore && (
          <li className="flex justify-center p-3">
            <Button size="sm" onClick={onMore}>
              Show more
            </Button>
          </li>
        )}
      </ul>
      {foot}
      <p className="flex flex-none items-center gap-1.5 border-t border-line-subtle px-4 py-2.5 text-xs text-subtle max-md:hidden">
        <Kbd keys="j" /> <Kbd keys="k" /> next, previous
      </p>
    </section>
  );
}

function RowNote({ icon: Icon, children }: { readonly icon: LucideIcon; readonly children: ReactNode }): ReactElement {
  return (
    <span className="flex items-center gap-1.5 pl-8.5 text-xs text-muted">
      <Icon size={12} aria-hidden="true" className="flex-none" />
      <span className="truncate">{children}</span>
    </span>
  );
}

type QueueRowProps = { readonly item: QueueItem; readonly isCurrent: boolean; readonly onOpen: () => void };

function QueueRow({ item, isCurrent, onOpen }: QueueRowProps): ReactElement {
  const { payment, waitingSeconds, barred, flags, claim, endorsedBy } = item;
  const isLate = waitingSeconds > lateSeconds;
  return (
    <button
      type="button"
      aria-current={isCurrent ? "true" : undefined}
      onClick={onOpen}
      className={cx(
        "flex w-full flex-col gap-0.5 rounded-[9px] border border-transparent px-2.5 py-2 text-left hover:bg-hover pointer-coarse:min-h-14",
        isCurrent && "border-brand-line bg-selected hover:bg-selected",
        barred !== null && "text-subtle",
      )}
    >
      <span className="flex items-center gap-2.5">
        <LogoMark
          id={payment.customer.id}
          name={payment.customer.name}
          className={cx(barred !== null && "opacity-60 grayscale")}
        />
        <span className="min-w-0 flex-1 truncate font-medium">{payment.customer.name}</span>
        <span className="tnum flex-none font-medium">{formatMoney(payment.amount, { style: "short" })}</span>
      </span>
      <span className="flex items-center gap-1.5 pl-8.5 text-xs text-subtle">
        <span className="tnum min-w-0 truncate">
          {payment.number} · {payment.owner.name}
        </span>
        <span className={cx("tnum ml-auto flex-none", isLate && "font-medium text-danger-fg")}>
          <span className="sr-only">waiting </span>
          {waitOf(waitingSeconds)}
        </span>
      </span>
      {barred !== null && (
        <span className="flex items-center gap-1.5 pl-8.5 text-xs text-muted">
          <Lock size={12} aria-hidden="true" /> {barNames[barred]}
        </span>
      )}
      {payment.approvalsNeeded > 1 && (
        <RowNote icon={Users}>{endorsedBy === null ? "Needs two approvers" : "1 of 2 agreed"}</RowNote>
      )}
      {claim !== null && <RowNote icon={Eye}>{claim.by.name} looks at it</RowNote>}
      {barred === null && flags.length > 0 && (
        <span className="flex items-center gap-1.5 pl-8.5 text-xs text-warning-fg">
          <CircleAlert size={12} aria-hidden="true" className="flex-none" />
          <span className="truncate">{flags.map((flag) => flagWords[flag].short).join(", ")}</span>
        </span>
      )}
    </button>
  );
}
