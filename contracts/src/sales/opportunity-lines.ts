import * as z from "zod/mini";
import { OpportunityLineId, ProductId } from "../ids.ts";
import { MoneyReply } from "../money.ts";

/** A product in a sale. Its total is quantity times price less discount, rounded once. */
export const OpportunityLine = z.object({
  id: OpportunityLineId,
  product: z.object({ id: ProductId, name: z.string() }),
  description: z.nullable(z.string()),
  /** Decimal with at most three places. */
  quantity: z.string(),
  /** Null while no price is agreed: such a line adds nothing. */
  unitPrice: z.nullable(MoneyReply),
  /** Decimal with at most two places. */
  discountPercent: z.string(),
  total: z.nullable(MoneyReply),
});
export type OpportunityLine = z.output<typeof OpportunityLine>;
