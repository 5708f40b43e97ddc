import type { Payment } from "@rainmaker/contracts/revenue/payments";
import { FileQuestion } from "lucide-react";
import { useState, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatSize } from "#lib/format";
import { useKey } from "#lib/keys";
import type { DocumentMark } from "#ui/document-viewer";
import { EmptyState } from "#ui/empty-state";
import { Kbd } from "#ui/kbd";
import { ProofView } from "../payments/proof-view.tsx";
import type { ProofText } from "./payment-review.tsx";

type ProofPaneProps = {
  readonly payment: Payment;
  readonly marks: readonly DocumentMark[];
  readonly isInline: boolean;
  /** Numbers switch between proofs while nothing else takes them. */
  readonly hasKeys: boolean;
  readonly onText: (text: ProofText) => void;
  readonly onReadToEnd: () => void;
};

/** The proofs of a payment, the latest first in view. */
export function ProofPane(props: ProofPaneProps): ReactElement {
  const { payment, marks, isInline, hasKeys, onText, onReadToEnd } = props;
  const files = payment.evidence.toReversed();
  const [at, setAt] = useState(0);
  const shown = files[at] ?? files[0];
  if (shown === undefined) {
    return (
      <EmptyState icon={FileQuestion} title="No proof" className="m-5">
        Nothing was attached to this payment.
      </EmptyState>
    );
  }
  const show = (index: number): void => {
    if (index === at) return;
    setAt(index);
    onText(undefined);
  };
  return (
    <section aria-label="Proof" className={cx("flex min-w-0 flex-col bg-sunken", !isInline && "min-h-0 flex-1")}>
      <ProofView
        key={shown.id}
        file={shown}
        marks={marks}
        isInline={isInline}
        onText={onText}
        onReadToEnd={onReadToEnd}
      />
      {files.length > 1 && (
        <div className="flex flex-none items-center gap-2 overflow-x-auto border-t border-line-subtle bg-surface px-4 py-2.5">
          {files.map((file, index) => (
            <ProofTab
              key={file.id}
              name={file.name}
              detail={formatSize(file.size)}
              number={index + 1}
              isShown={file.id === shown.id}
              hasKey={hasKeys}
              onShow={() => show(index)}
            />
          ))}
        </div>
      )}
    </section>
  );
}

type ProofTabProps = {
  readonly name: string;
  readonly detail: string;
  readonly number: number;
  readonly isShown: boolean;
  readonly hasKey: boolean;
  readonly onShow: () => void;
};

function ProofTab({ name, detail, number, isShown, hasKey, onShow }: ProofTabProps): ReactElement {
  useKey(String(number), `Show proof ${number}`, onShow, { isActive: hasKey && number <= 9 });
  return (
    <button
      type="button"
      aria-pressed={isShown}
      onClick={onShow}
      className={cx(
        "flex min-h-10 flex-none items-center gap-2.5 rounded-md border px-3 py-1.5 text-left hover:bg-hover",
        isShown && "border-brand-line bg-brand-soft",
      )}
    >
      <span className="flex flex-col leading-4.5">
        <span className="max-w-40 truncate font-medium">{name}</span>
        <span className="text-xs text-subtle">{detail}</span>
      </span>
      {hasKey && <Kbd keys={String(number)} className="max-md:hidden" />}
    </button>
  );
}
