import { use, type ComponentProps, type ReactElement } from "react";
import { CardPayContext, CardPaySlotContext, usePaysMe } from "../opportunities/pay-slot.ts";
import { Board } from "./board.tsx";

/** One question asks about so many. */
const mostAsked = 50;

/** The board, with what the viewer's own sales would pay once that is known; of a past day nobody says. */
export function PaidBoard(props: ComponentProps<typeof Board>): ReactElement {
  const pay = use(CardPaySlotContext);
  const paysMe = usePaysMe();
  if (pay === null) return <Board {...props} />;
  const { read, search } = props;
  const cards = search.asOf === undefined ? read.flatMap((column) => column.cards) : [];
  const own = cards.filter(paysMe).slice(0, mostAsked);
  return (
    <pay.Cards opportunityIds={own.map(({ id }) => id)}>
      {(pays) => (
        <CardPayContext value={pays}>
          <Board {...props} />
        </CardPayContext>
      )}
    </pay.Cards>
  );
}
