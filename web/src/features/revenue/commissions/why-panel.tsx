import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { formatFullDay, formatMoney, formatMonth } from "#lib/format";
import { IconButton } from "#ui/button";
import { TextLink } from "#ui/link";
import { LogoMark } from "#ui/logo-mark";
import { Moment } from "#ui/moment";
import { StepExplanation } from "#ui/step-explanation";
import { LineDispute } from "../disputes/line-dispute.tsx";
import type { StatementLine } from "./statement.ts";
import type { WhyStep } from "./why-step.ts";
import { adviceFor, whySteps } from "./why.ts";

export type Earner = { readonly isYou: boolean; readonly firstName: string };

type WhyPanelProps = { readonly line: StatementLine; readonly earner: Earner; readonly onClose?: () => void };

export const whyTitleId = "why-title";

/** Why one line of a statement is what it is, step by step, from the trace that was stored with it. */
export function WhyPanel({ line, earner, onClose }: WhyPanelProps): ReactElement {
  return (
    <section aria-labelledby={whyTitleId} className="flex flex-col gap-1">
      <header className="flex items-center gap-2.5">
        <LogoMark id={line.customer.id} name={line.customer.name} />
        <div className="min-w-0 flex-1">
          <h2 id={whyTitleId} tabIndex={-1} className="tnum text-md font-semibold tracking-[-.01em] outline-none">
            {whyTitle(line)}
          </h2>
          <p className="tnum truncate text-xs text-subtle">
            {line.customer.name}, {line.payment.number}
          </p>
        </div>
        {onClose !== undefined && (
          <IconButton icon={X} size="sm" label="Close the explanation" className="self-start" onClick={onClose} />
        )}
      </header>
      <WhySteps line={line} earner={earner} />
      {earner.isYou && <LineDispute key={line.id} line={line} />}
    </section>
  );
}

export function whyTitle({ amount }: Pick<StatementLine, "amount">): string {
  return `Why ${formatMoney(amount)}`;
}

export function WhySteps({ line, earner }: Omit<WhyPanelProps, "onClose">): ReactElement {
  return (
    <StepExplanation
      steps={whySteps(line, earner).map((step) => ({
        title: step.title,
        figure: step.figure,
        ...(step.isResult === true && { kind: "result" as const }),
        ...evidenceOf(step, line),
      }))}
      result={{
        label: earner.isYou ? "You earned" : `${earner.firstName} earned`,
        figure: formatMoney(line.amount, { bare: true }),
      }}
      advice={adviceFor(line)}
      footer={<Method line={line} />}
    />
  );
}

/** The words of a step, with links to what they rest on. */
function evidenceOf(step: WhyStep, line: StatementLine): { readonly evidence?: ReactNode } {
  if (line.correction !== null) return { evidence: <CorrectionEvidence line={line} /> };
  if (step.id === "payment") return { evidence: <PaymentEvidence line={line} /> };
  return step.evidence === undefined ? {} : { evidence: step.evidence };
}

/** Who answered the dispute, with which words, and where it stands. */
function CorrectionEvidence({ line: { correction, adjusts } }: { readonly line: StatementLine }): ReactElement | null {
  if (correction === null) return null;
  return (
    <>
      “{correction.note}” {correction.decidedBy}, <Moment at={correction.decidedAt} isInSentence />.
      {adjusts !== null && ` It corrects ${formatMonth(adjusts)}, which is closed.`}{" "}
      <TextLink to="/disputes" search={{ dispute: correction.disputeId }}>
        The dispute
      </TextLink>
    </>
  );
}

function PaymentEvidence({ line: { trace, deal, payment, postedAt } }: { readonly line: StatementLine }): ReactElement {
  const address = { to: "/deals/$dealId", params: { dealId: deal.id } } as const;
  return (
    <>
      {trace === null ? (
        <>
          Verified <Moment at={postedAt} isInSentence />.{" "}
        </>
      ) : (
        <>
          {trace.cause !== undefined && `“${trace.cause.reason}” `}
          Verified by {trace.basis.verifiedBy}, <Moment at={trace.basis.verifiedAt} isInSentence />.{" "}
          {trace.cause === undefined ? "The money arrived" : "It happened"} on {formatFullDay(trace.basis.valueOn)}
          .{" "}
        </>
      )}
      {payment.number} on{" "}
      <TextLink {...address}>
        {deal.number}
        {deal.title !== "" && `, ${deal.title}`}
      </TextLink>
      .
    </>
  );
}

function Method({ line: { trace, postedAt } }: { readonly line: StatementLine }): ReactElement {
  return (
    <p className="text-xs text-subtle">
      Calculated <Moment at={postedAt} isInSentence />, not changed since.
      {trace !== null && " This is what was stored with the line then; a later plan does not change it."}
    </p>
  );
}
