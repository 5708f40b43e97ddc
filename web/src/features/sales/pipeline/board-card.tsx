import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { Link } from "@tanstack/react-router";
import { Calendar, CircleDashed, CornerDownRight, Ellipsis, Hourglass, TriangleAlert } from "lucide-react";
import { use, useState, type KeyboardEvent, type PointerEvent, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { formatMoney } from "#lib/format";
import { Avatar } from "#ui/avatar";
import { IconButton } from "#ui/button";
import { LogoMark } from "#ui/logo-mark";
import { Menu, MenuItem, MenuLabel } from "#ui/menu";
import { DayText } from "#ui/moment";
import { CardPayContext } from "../opportunities/pay-slot.ts";
import { closedWay } from "../opportunities/stage-entry.ts";
import { ChanceRing } from "../opportunities/chance-ring.tsx";

type FaceProps = {
  readonly card: OpportunityCard;
  readonly risk: string | null;
  /** Not at risk yet, but soon. */
  readonly warning?: string | null;
  readonly isPast?: boolean;
  readonly title: ReactNode;
};

/** What a card says. Its frame and what can be done with it are the board's. */
export function CardFace({ card, risk, warning = null, isPast = false, title }: FaceProps): ReactElement {
  const { customer, amount, stage, nextStep, expectedCloseOn, owner } = card;
  const isAtRisk = risk !== null;
  return (
    <>
      <span className="flex min-w-0 items-center gap-1.5 pr-6 text-xs text-subtle">
        {customer !== null && <LogoMark id={customer.id} name={customer.name} size={15} />}
        <span className="truncate">{customer?.name ?? "No customer yet"}</span>
      </span>
      {title}
      <span className="flex items-center gap-1.5">
        {/* What has no room beside the value is on the line that is cut off. */}
        <span className="tnum flex h-5 min-w-0 flex-1 flex-wrap items-center gap-x-1.5 overflow-hidden leading-5">
          <span className="text-[14px] font-semibold tracking-[-.01em]">
            {amount === null ? (
              <span className="text-xs font-normal text-subtle">No value yet</span>
            ) : (
              formatMoney(amount, { style: "short" })
            )}
          </span>
          <Pay card={card} />
        </span>
        <span className="flex-none">
          <ChanceRing percent={stage.probability} stageName={stage.name} isAtRisk={isAtRisk} />
        </span>
      </span>
      <Worry risk={risk} warning={warning} />
      <span className="mt-px flex min-h-5 items-center gap-1.5 text-xs">
        {!isPast && <NextStep text={nextStep} />}
        {expectedCloseOn !== null && (
          <span className="tnum ml-auto flex flex-none items-center gap-1 whitespace-nowrap text-subtle">
            {isAtRisk && <Calendar size={12} aria-hidden="true" />}
            <span className="sr-only">Closes </span>
            <DayText day={expectedCloseOn} />
          </span>
        )}
        {owner !== null && <Avatar person={owner} size={20} className={cx(expectedCloseOn === null && "ml-auto")} />}
      </span>
    </>
  );
}

/** What it would pay the viewer, quietly; it comes after the card, into room that stands. */
function Pay({ card }: Pick<FaceProps, "card">): ReactElement | null {
  const text = use(CardPayContext).get(card.id);
  if (text === undefined) return null;
  return (
    <span className="text-xs leading-5 text-earn-fg" title="Your commission if all of it were paid this month">
      <span className="sr-only">Your commission </span>
      {text}
    </span>
  );
}

function Worry({
  risk,
  warning,
}: {
  readonly risk: string | null;
  readonly warning: string | null;
}): ReactElement | null {
  const text = risk ?? warning;
  if (text === null) return null;
  const Icon = risk === null ? Hourglass : TriangleAlert;
  return (
    <span
      className={cx("flex min-w-0 items-center gap-1.25 text-xs", risk === null ? "text-subtle" : "text-warning-fg")}
    >
      <Icon size={12} aria-hidden="true" />
      <span className="truncate">{text}</span>
    </span>
  );
}

function NextStep({ text }: { readonly text: string | null }): ReactElement {
  const isMissing = text === null || text.trim() === "";
  const Icon = isMissing ? CircleDashed : CornerDownRight;
  return (
    <span className={cx("flex min-w-0 items-center gap-1", isMissing ? "text-warning-fg" : "text-muted")}>
      <Icon size={12} aria-hidden="true" />
      {!isMissing && <span className="sr-only">Next step: </span>}
      <span className="truncate">{isMissing ? "No next step" : text}</span>
    </span>
  );
}

export const cardLook =
  "relative flex flex-col gap-1 rounded-[9px] border bg-surface px-2.5 pt-2.25 pb-2 shadow-xs max-sm:gap-1.25 max-sm:p-3";
const riskEdge =
  "before:absolute before:inset-y-2.25 before:-left-px before:w-0.75 before:rounded-r-[3px] before:bg-viz-2";

type BoardCardProps = {
  readonly card: OpportunityCard;
  readonly risk: string | null;
  readonly warning: string | null;
  readonly isPast: boolean;
  /** resting: may be opened; lifted: moved by keyboard; ghost: its copy is under the pointer. */
  readonly state: "resting" | "lifted" | "ghost";
  /** The one card the Tab key reaches. */
  readonly isTabStop: boolean;
  readonly mayMove: boolean;
  readonly stages: readonly Stage[];
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onMove: (stage: Stage) => void;
  readonly onOpen: () => void;
  /** In place of the footer: what closing it asks for. */
  readonly children?: ReactNode;
};

export function BoardCard(props: BoardCardProps): ReactElement {
  const { card, risk, warning, isPast, state, isTabStop, mayMove, stages } = props;
  return (
    // Dragging has a key and a menu beside it; the link inside is what takes the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      data-card={card.id}
      aria-label={card.title}
      onPointerDown={mayMove ? props.onPointerDown : undefined}
      className={cx(
        cardLook,
        "group select-none hover:border-line-strong [-webkit-touch-callout:none]",
        "has-[>h3>a:focus-visible]:outline-2 has-[>h3>a:focus-visible]:outline-offset-1 has-[>h3>a:focus-visible]:outline-focus",
        risk !== null && riskEdge,
        state === "ghost" && "border-dashed opacity-40 shadow-none",
        state === "lifted" && "z-1 border-brand shadow-lg",
      )}
    >
      <CardFace
        card={card}
        risk={risk}
        warning={warning}
        isPast={isPast}
        title={
          <h3 className="text-[13px] leading-4.5 font-medium">
            <Link
              to="/opportunities/$opportunityId"
              params={{ opportunityId: card.id }}
              draggable={false}
              tabIndex={isTabStop ? 0 : -1}
              aria-keyshortcuts={mayMove ? "Space Shift+ArrowLeft Shift+ArrowRight" : undefined}
              onFocus={props.onFocus}
              onKeyDown={props.onKeyDown}
              onClick={props.onOpen}
              // The whole card leads there.
              className="outline-none after:absolute after:inset-0 after:rounded-[9px]"
            >
              {card.title}
            </Link>
          </h3>
        }
      />
      {mayMove && <MoveMenu card={card} stages={stages} isTabStop={isTabStop} onMove={props.onMove} />}
      {props.children !== undefined && (
        <div className="relative mt-1.5 border-t border-line-subtle pt-2.5">{props.children}</div>
      )}
    </article>
  );
}

type MoveMenuProps = Pick<BoardCardProps, "card" | "stages" | "isTabStop" | "onMove">;

/** The way to move without dragging. Hundreds of cards stand on a board: the menu is made when it is asked for. */
function MoveMenu({ card, stages, isTabStop, onMove }: MoveMenuProps): ReactElement {
  const [isWanted, setIsWanted] = useState(false);
  const look =
    "absolute top-1.25 right-1.25 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 group-has-[a:focus-visible]:opacity-100 pointer-coarse:opacity-100 pointer-coarse:size-11 pointer-coarse:-top-1 pointer-coarse:-right-1";
  const button = (
    <IconButton
      icon={Ellipsis}
      label={`Move ${card.title}`}
      size="xs"
      aria-haspopup="menu"
      tabIndex={isTabStop ? 0 : -1}
      className={look}
      {...(!isWanted && { onClick: () => setIsWanted(true) })}
    />
  );
  if (!isWanted) return button;
  const current = stages.find(({ id }) => id === card.stage.id);
  return (
    <Menu trigger={button} align="end" isOpenAtOnce>
      <MenuLabel>Move to stage</MenuLabel>
      {stages.map((stage) => (
        <MenuItem
          key={stage.id}
          disabled={stage.id === card.stage.id || closedWay(current, stage, stages) !== null}
          onSelect={() => onMove(stage)}
        >
          {stage.name}
        </MenuItem>
      ))}
    </Menu>
  );
}
