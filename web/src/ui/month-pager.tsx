import { addMonths } from "@rainmaker/contracts/time";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactElement } from "react";
import { formatMonth } from "#lib/format";
import { useKey } from "#lib/keys";
import { IconButton } from "#ui/button";

type MonthPagerProps = {
  /** As on the wire: "2026-11". */
  readonly month: string;
  /** The latest month there is; without one any month can be reached. */
  readonly last?: string;
  readonly onGo: (month: string) => void;
};

/** The month before and after this one. */
export function MonthPager({ month, last, onGo }: MonthPagerProps): ReactElement {
  const isLast = last !== undefined && month >= last;
  useKey("shift+arrowleft", "Previous month", () => onGo(addMonths(month, -1)));
  useKey("shift+arrowright", "Next month", () => onGo(addMonths(month, 1)), { isActive: !isLast });
  return (
    <span className="flex items-center gap-1 print:hidden">
      <IconButton
        icon={ChevronLeft}
        size="xs"
        label="Previous month"
        shortcut="shift+arrowleft"
        onClick={() => onGo(addMonths(month, -1))}
      />
      <IconButton
        icon={ChevronRight}
        size="xs"
        label="Next month"
        shortcut="shift+arrowright"
        disabledReason={isLast ? `${formatMonth(month)} is the latest month` : undefined}
        onClick={() => onGo(addMonths(month, 1))}
      />
    </span>
  );
}
