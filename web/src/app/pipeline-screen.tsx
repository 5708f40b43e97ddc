import type { ReactElement } from "react";
import { CardPays } from "../features/revenue/earnings/opportunity-pay.tsx";
import { PipelinePage } from "../features/sales/pipeline-page.tsx";
import { CardPaySlotContext } from "../features/sales/opportunities/pay-slot.ts";

const slot = { Cards: CardPays };

/** The pipeline, with what each sale would pay the viewer. */
export function PipelineScreen(): ReactElement {
  return (
    <CardPaySlotContext value={slot}>
      <PipelinePage />
    </CardPaySlotContext>
  );
}
