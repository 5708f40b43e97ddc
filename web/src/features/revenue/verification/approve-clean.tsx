import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { CheckCheck } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatCount } from "#lib/format";
import { useIsOffline } from "#lib/offline";
import { Button } from "#ui/button";
import type { QueueItem } from "./queue-order.ts";
import { isClean } from "./queue-words.ts";
import type { Verdict } from "./use-queue.ts";

type ApproveCleanProps = {
  readonly items: readonly QueueItem[];
  readonly onDecide: (payment: Payment, verdict: Verdict) => Promise<void>;
};

/** Approves what nothing is odd about, one after the other, each decided and answered by itself. */
export function ApproveClean({ items, onDecide }: ApproveCleanProps): ReactElement | null {
  const isOffline = useIsOffline();
  const [isAsked, setIsAsked] = useState(false);
  const [left, setLeft] = useState<number | null>(null);
  const clean = items.filter(isClean);
  const approve = async (): Promise<void> => {
    setIsAsked(false);
    for (const [index, { payment }] of clean.entries()) {
      setLeft(clean.length - index);
      await onDecide(payment, { verdict: "verified", isOneOfMany: true });
    }
    setLeft(null);
  };
  if (left !== null) {
    return (
      <output className="flex-none border-t px-4 py-2.5 text-xs text-muted">
        Approving, {formatCount(left)} to go
      </output>
    );
  }
  if (clean.length < 2) return null;
  return (
    <div className="flex flex-none flex-col gap-2 border-t border-line-subtle px-3 py-2.5">
      {isAsked && (
        <p className="text-xs text-muted">
          Nothing is odd about {formatCount(clean.length)} of them. Verifying is final, and each stands in the log as
          yours.
        </p>
      )}
      <Button
        size="sm"
        icon={CheckCheck}
        tone={isAsked ? "primary" : "secondary"}
        disabledReason={isOffline ? "Deciding needs the network" : undefined}
        onClick={() => (isAsked ? void approve() : setIsAsked(true))}
      >
        {isAsked ? `Yes, verify ${formatCount(clean.length)}` : `Verify ${formatCount(clean.length)} without flags`}
      </Button>
    </div>
  );
}
