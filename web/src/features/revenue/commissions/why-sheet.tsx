import type { ReactElement } from "react";
import { Sheet } from "#ui/sheet";
import { LineDispute } from "../disputes/line-dispute.tsx";
import type { StatementLine } from "./statement.ts";
import { whyTitle, WhySteps, type Earner } from "./why-panel.tsx";

type WhySheetProps = { readonly line: StatementLine; readonly earner: Earner; readonly onClose: () => void };

/** The explanation over the statement, where there is no room beside it. */
export function WhySheet({ line, earner, onClose }: WhySheetProps): ReactElement {
  return (
    <Sheet isOpen onClose={onClose} title={whyTitle(line)} context={`${line.customer.name}, ${line.payment.number}`}>
      <WhySteps line={line} earner={earner} />
      {earner.isYou && <LineDispute line={line} />}
    </Sheet>
  );
}
