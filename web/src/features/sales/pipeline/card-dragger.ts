import type { OpportunityId, StageId } from "@rainmaker/contracts/ids";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Place } from "./board-model.ts";

export type Drag = {
  readonly card: OpportunityCard;
  /** Where it would be put; null while it is over nothing. */
  readonly over: Place | null;
  readonly width: number;
};

type Point = { readonly x: number; readonly y: number };

export type DragListener = {
  readonly onChange: (drag: Drag | null) => void;
  readonly onDrop: (card: OpportunityCard, place: Place) => void;
  /** The copy under the pointer: moved frame by frame, without drawing anything else. */
  readonly copy: () => HTMLElement | null;
};

/** A hand that trembles does not drag; a finger that rests does. */
const mouseSlack = 5;
const fingerSlack = 10;
const holdMs = 350;
/** Nearer than this to an edge, the board or the column scrolls: the nearer, the faster. */
const edge = 48;
const fastest = 12;

type Session = {
  readonly card: OpportunityCard;
  readonly pointerId: number;
  readonly start: Point;
  /** From the corner of the card to the pointer. */
  readonly grip: Point;
  readonly width: number;
  readonly isFinger: boolean;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
  at: Point;
  isDragging: boolean;
  over: Place | null;
};

/** Drags cards by mouse, pen and finger (after a short hold, so that lists still scroll). Esc puts them back. */
export class CardDragger {
  readonly #board: HTMLElement;
  readonly #listener: DragListener;
  readonly #listening = new AbortController();
  #session: Session | null = null;

  constructor(board: HTMLElement, listener: DragListener) {
    this.#board = board;
    this.#listener = listener;
    const { signal } = this.#listening;
    document.addEventListener("pointermove", (event) => this.#follow(event), { signal });
    document.addEventListener("pointerup", (event) => this.#release(event), { signal });
    document.addEventListener("pointercancel", () => this.#end(null), { signal });
    document.addEventListener("keydown", (event) => this.#cancelByKey(event), { signal, capture: true });
    // Not passive: while a card hangs on the finger, the page must not scroll with it.
    board.addEventListener("touchmove", (event) => this.#holdStill(event), { signal, passive: false });
    board.addEventListener("contextmenu", (event) => this.#session?.isFinger === true && event.preventDefault(), {
      signal,
    });
  }

  grab(card: OpportunityCard, event: PointerEvent, element: Element): void {
    const isOwn = event.target instanceof Element && event.target.closest("button, input, select, form") !== null;
    if (event.button !== 0 || isOwn || this.#session !== null) return;
    const { left, top, width } = element.getBoundingClientRect();
    const at = { x: event.clientX, y: event.clientY };
    const isFinger = event.pointerType === "touch";
    this.#session = {
      card,
      pointerId: event.pointerId,
      start: at,
      grip: { x: at.x - left, y: at.y - top },
      width,
      isFinger,
      timer: isFinger ? setTimeout(() => this.#begin(), holdMs) : undefined,
      at,
      isDragging: false,
      over: null,
    };
  }

  dispose(): void {
    this.#end(null);
    this.#listening.abort();
  }

  #follow(event: PointerEvent): void {
    const session = this.#session;
    if (session === null || event.pointerId !== session.pointerId) return;
    session.at = { x: event.clientX, y: event.clientY };
    if (session.isDragging) return;
    const far = Math.hypot(session.at.x - session.start.x, session.at.y - session.start.y);
    if (session.isFinger && far > fingerSlack) this.#end(null);
    else if (!session.isFinger && far > mouseSlack) this.#begin();
  }

  #begin(): void {
    const session = this.#session;
    if (session === null) return;
    session.isDragging = true;
    this.#listener.onChange({ card: session.card, over: null, width: session.width });
    this.#step(session);
  }

  /** Once a frame: the copy follows, edges scroll, and the place below is looked up. */
  #step(session: Session): void {
    if (this.#session !== session) return;
    const { at, grip, card, width } = session;
    const copy = this.#listener.copy();
    if (copy !== null) copy.style.translate = `${at.x - grip.x}px ${at.y - grip.y}px`;
    scrollNear(this.#board, at);
    const over = placeUnder(at, card.id);
    if (over?.stageId !== session.over?.stageId || over?.afterId !== session.over?.afterId) {
      session.over = over;
      this.#listener.onChange({ card, over, width });
    }
    requestAnimationFrame(() => this.#step(session));
  }

  #release(event: PointerEvent): void {
    const session = this.#session;
    if (session === null || event.pointerId !== session.pointerId) return;
    this.#end(placeUnder({ x: event.clientX, y: event.clientY }, session.card.id));
  }

  #end(place: Place | null): void {
    const session = this.#session;
    if (session === null) return;
    this.#session = null;
    clearTimeout(session.timer);
    if (!session.isDragging) return;
    this.#listener.onChange(null);
    swallowClick();
    if (place !== null) this.#listener.onDrop(session.card, place);
  }

  #cancelByKey(event: KeyboardEvent): void {
    if (event.key !== "Escape" || this.#session?.isDragging !== true) return;
    event.preventDefault();
    this.#end(null);
  }

  #holdStill(event: TouchEvent): void {
    if (this.#session?.isDragging === true && event.cancelable) event.preventDefault();
  }
}

/** The stage under the pointer, and the card it would stand below. */
function placeUnder({ x, y }: Point, cardId: string): Place | null {
  const column = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-stage]");
  if (column == null) return null;
  const cards = [...column.querySelectorAll<HTMLElement>("[data-card]")].filter(
    (one) => one.dataset["card"] !== cardId,
  );
  const below = cards.findIndex((one) => {
    const { top, height } = one.getBoundingClientRect();
    return top + height / 2 > y;
  });
  const above = cards[below === -1 ? cards.length - 1 : below - 1];
  return {
    stageId: column.dataset["stage"] as StageId,
    afterId: (above?.dataset["card"] ?? null) as OpportunityId | null,
  };
}

function scrollNear(board: HTMLElement, { x, y }: Point): void {
  const frame = board.getBoundingClientRect();
  board.scrollBy({ left: speed(x, frame.left, frame.right) });
  const list = document.elementFromPoint(x, y)?.closest("[data-stage]")?.querySelector(".scroll-area");
  if (list == null) return;
  const { top, bottom } = list.getBoundingClientRect();
  list.scrollBy({ top: speed(y, top, bottom) });
}

/** Pixels a frame; negative towards the start, nothing away from the edges. */
function speed(at: number, start: number, end: number): number {
  const pull = (distance: number): number => fastest * Math.min(1, Math.max(0, 1 - distance / edge));
  return pull(end - at) - pull(at - start);
}

/** Letting go over the link one started from would open it. */
function swallowClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 50);
}
