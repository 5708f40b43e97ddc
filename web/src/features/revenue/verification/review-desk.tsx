import { useEffect, useRef, useState, type ReactElement, type ReactNode } from "react";
import { announce } from "#lib/announce";
import { useKey } from "#lib/keys";
import { useIsOffline } from "#lib/offline";
import { recordedOf } from "./comparison.ts";
import { DecisionBar, type Writing } from "./decision-bar.tsx";
import { PaymentReview, type ProofText } from "./payment-review.tsx";
import { ProofPane } from "./proof-pane.tsx";
import { approveWords, barOf } from "./queue-words.ts";
import type { QueueItem } from "./queue-order.ts";
import type { Verdict } from "./use-queue.ts";

type ReviewDeskProps = {
  readonly item: QueueItem;
  /** Facts above the proof in one column. The proof has to be read to its end there before it can be approved. */
  readonly isStacked: boolean;
  /** The page itself says whose payment it is. */
  readonly isPhone: boolean;
  /** The one before it had the focus: this one takes it over. */
  readonly takesFocus: boolean;
  /** Above the comparison: that it was decided by somebody else. */
  readonly notice: ReactNode;
  readonly onDecide: (verdict: Verdict) => void;
  readonly onStep: (by: 1 | -1) => void;
};

/** Evidence and decision side by side, for one payment. */
export function ReviewDesk(props: ReviewDeskProps): ReactElement {
  const { item, isStacked, isPhone, takesFocus, notice, onDecide, onStep } = props;
  const facts = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) facts.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  const [text, setText] = useState<ProofText>(undefined);
  const [isRead, setIsRead] = useState(false);
  const [writing, setWriting] = useState<Writing>(null);
  const isOffline = useIsOffline();
  const bar = barOf(item, isOffline);
  // What is not on the screen cannot be approved: neither by haste nor by a key pressed twice.
  const isShown = text !== undefined || item.payment.evidence.length === 0;
  const wait = !isShown
    ? "The proof is not on the screen yet"
    : isStacked && !isRead
      ? "Read the proof to its end, then you can approve"
      : undefined;
  const recorded = recordedOf(item.payment);

  const act = (reason: string | undefined, run: () => void): void => (reason === undefined ? run() : announce(reason));
  const approve = (): void => act(bar ?? wait, () => onDecide({ verdict: "verified" }));
  const reject = (): void => act(bar, () => setWriting("reason"));
  const ask = (): void => act(bar, () => setWriting("question"));
  const isDeciding = { isActive: writing === null };
  useKey("a", "Approve the payment", approve, isDeciding);
  useKey("m", "Ask who sent it for more", ask, isDeciding);
  useKey("r", "Reject the payment", reject, isDeciding);
  useKey("j", "Next payment", () => onStep(1), isDeciding);
  useKey("k", "Previous payment", () => onStep(-1), isDeciding);

  const review = <PaymentReview item={item} recorded={recorded} text={text} isHeadHidden={isPhone} notice={notice} />;
  const decision = (
    <DecisionBar
      bar={bar}
      wait={wait}
      writing={writing}
      repName={(item.payment.submittedBy ?? item.payment.owner).name}
      approveWords={approveWords(item)}
      onWrite={setWriting}
      onDecide={onDecide}
    />
  );
  const proof = (
    <ProofPane
      payment={item.payment}
      marks={recorded}
      isInline={isStacked}
      hasKeys={writing === null}
      onText={setText}
      onReadToEnd={() => setIsRead(true)}
    />
  );
  if (isStacked) {
    return (
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div ref={facts} tabIndex={-1} className="scroll-area min-h-0 flex-1 -outline-offset-2">
          <div className="flex flex-col gap-4 p-5 max-sm:p-4">{review}</div>
          {proof}
        </div>
        <div className="max-h-[85%] flex-none overflow-y-auto border-t bg-surface px-5 py-3 max-sm:px-4">
          {decision}
        </div>
      </div>
    );
  }
  return (
    <>
      {proof}
      <aside aria-label="Decision" className="flex min-h-0 w-[360px] flex-none flex-col border-l border-line-subtle">
        {/* Long facts scroll on their own, and must do so by keyboard too. */}
        <div
          ref={facts}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="scroll-area flex min-h-0 flex-1 flex-col gap-4 px-4.5 py-4 -outline-offset-2"
        >
          {review}
        </div>
        <div className="flex-none border-t border-line-subtle px-4.5 py-3.5">{decision}</div>
      </aside>
    </>
  );
}
