import type { ReactElement } from "react";
import { PayCard, PayFigure } from "../features/revenue/earnings/opportunity-pay.tsx";
import { OpportunityPage } from "../features/sales/opportunity-page.tsx";
import { PaySlotContext } from "../features/sales/opportunities/pay-slot.ts";

const slot = { Figure: PayFigure, Card: PayCard };

/** A sale, with what it would pay the viewer. */
export function OpportunityScreen(): ReactElement {
  return (
    <PaySlotContext value={slot}>
      <OpportunityPage />
    </PaySlotContext>
  );
}
