import type { OpportunityId } from "@rainmaker/contracts/ids";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { createContext, type ComponentType, type ReactNode } from "react";
import { useCan, useUser } from "#lib/session";

type OneProps = { readonly opportunityId: OpportunityId };

/** What one sale would pay the viewer if it were paid now. Who knows that is put in by app/. */
export type PaySlot = {
  /** The sum by itself. */
  readonly Figure: ComponentType<OneProps>;
  /** The sum with what it means for the month. */
  readonly Card: ComponentType<OneProps>;
};

export const PaySlotContext = createContext<PaySlot | null>(null);

/** The same for the sales of a board, all asked for at once. */
export type CardPaySlot = {
  readonly Cards: ComponentType<{
    readonly opportunityIds: readonly OpportunityId[];
    /** Drawn from the start with nothing in it, and again with a text for each that pays something. */
    readonly children: (pays: ReadonlyMap<OpportunityId, string>) => ReactNode;
  }>;
};

export const CardPaySlotContext = createContext<CardPaySlot | null>(null);

/** What each card of the board would pay the viewer. */
export const CardPayContext = createContext<ReadonlyMap<OpportunityId, string>>(new Map());

/** Which sales can pay the viewer something: the open ones they own that have a value; none for who sees no commission. */
export function usePaysMe(): (sale: Pick<OpportunityCard, "owner" | "stage" | "amount">) => boolean {
  const { id } = useUser();
  const seesCommission = useCan("commission.read");
  return ({ owner, stage, amount }) => seesCommission && owner?.id === id && stage.kind === "open" && amount !== null;
}
