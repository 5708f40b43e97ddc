import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from "react";
import { createPortal } from "react-dom";
import { Kbd } from "#ui/kbd";

/**
 * One layer for all tooltips. An element asks for one by data-tip (and data-tip-keys for a key cap); the layer follows
 * the pointer and the focus. A tooltip repeats or adds a word, it never holds controls.
 */
const delayMs = 400;
/** Moving to a neighbour within this time shows its tooltip at once. */
const warmMs = 300;

type Shown = { readonly anchor: HTMLElement; readonly text: string; readonly keys: string | undefined };

export function TooltipLayer(): ReactElement | null {
  const [shown, setShown] = useState<Shown | null>(null);
  const layer = useRef<HTMLDivElement>(null);

  useEffect(() => followPointerAndFocus(setShown, layer), []);
  useLayoutEffect(() => {
    if (shown !== null && layer.current !== null) place(layer.current, shown.anchor);
  }, [shown]);

  if (shown === null) return null;
  return createPortal(
    <div
      ref={layer}
      // Its words are the name of what it stands beside, or repeat them.
      aria-hidden="true"
      className="animate-fade fixed top-0 left-0 z-(--z-tooltip) flex max-w-72 items-center gap-2 rounded-md bg-inverse px-2.5 py-1.5 text-xs text-on-inverse"
    >
      {shown.text}
      {shown.keys !== undefined && (
        <Kbd keys={shown.keys} className="border-current/30 bg-transparent text-on-inverse-muted" />
      )}
    </div>,
    document.body,
  );
}

function followPointerAndFocus(
  show: (shown: Shown | null) => void,
  layer: { readonly current: HTMLElement | null },
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: HTMLElement | null = null;
  let hiddenAt = 0;

  const hide = (): void => {
    clearTimeout(timer);
    if (current !== null) hiddenAt = Date.now();
    current = null;
    show(null);
  };
  const open = (anchor: HTMLElement, wait: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = anchor.dataset["tip"];
      if (text === undefined || text === "" || !anchor.isConnected) return;
      current = anchor;
      show({ anchor, text, keys: anchor.dataset["tipKeys"] });
    }, wait);
  };
  const onOver = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse" || !(event.target instanceof Element)) return;
    const anchor = event.target.closest<HTMLElement>("[data-tip]");
    // The pointer may move onto the tooltip itself, to read it at leisure (WCAG 1.4.13).
    if (anchor === current || layer.current?.contains(event.target) === true) return;
    hide();
    if (anchor !== null) open(anchor, Date.now() - hiddenAt < warmMs ? 0 : delayMs);
  };
  const onFocus = (event: FocusEvent): void => {
    hide();
    const { target } = event;
    if (target instanceof HTMLElement && target.dataset["tip"] !== undefined && target.matches(":focus-visible")) {
      open(target, delayMs);
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" || current !== null) hide();
  };

  document.addEventListener("pointerover", onOver);
  document.addEventListener("focusin", onFocus);
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", hide);
  document.addEventListener("scroll", hide, true);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("pointerover", onOver);
    document.removeEventListener("focusin", onFocus);
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("pointerdown", hide);
    document.removeEventListener("scroll", hide, true);
  };
}

/** Below its anchor, or above where there is no room; always inside the window. */
function place(layer: HTMLElement, anchor: HTMLElement): void {
  const [gap, edge] = [6, 8];
  const around = anchor.getBoundingClientRect();
  const { width, height } = layer.getBoundingClientRect();
  const isBelow = around.bottom + gap + height + edge < innerHeight;
  const top = isBelow ? around.bottom + gap : around.top - gap - height;
  const centred = around.left + around.width / 2 - width / 2;
  const left = Math.min(Math.max(centred, edge), innerWidth - width - edge);
  layer.style.transform = `translate(${left}px, ${top}px)`;
}
