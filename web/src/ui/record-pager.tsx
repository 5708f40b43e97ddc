import { ChevronDown, ChevronUp } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount } from "#lib/format";
import { useKey } from "#lib/keys";
import { IconButton } from "#ui/button";

type RecordPagerProps = {
  /** What is paged through, for the labels of the buttons: "customer". */
  readonly what: string;
  /** Place in the list one came from, the first being 0. */
  readonly index: number;
  /** How many the list has; left out while that is not known. */
  readonly count: number | undefined;
  readonly onGo: (index: number) => void;
};

/** The record before and after this one, in the list one came from: J and K, as in the list itself. */
export function RecordPager({ what, index, count, onGo }: RecordPagerProps): ReactElement {
  const hasNext = count === undefined || index + 1 < count;
  useKey("j", `Next ${what}`, () => onGo(index + 1), { isActive: hasNext });
  useKey("k", `Previous ${what}`, () => onGo(index - 1), { isActive: index > 0 });
  return (
    <span className="flex items-center gap-1">
      <IconButton
        icon={ChevronUp}
        size="sm"
        label={`Previous ${what}`}
        shortcut="k"
        disabledReason={index === 0 ? "This is the first one" : undefined}
        onClick={() => onGo(index - 1)}
      />
      <IconButton
        icon={ChevronDown}
        size="sm"
        label={`Next ${what}`}
        shortcut="j"
        disabledReason={hasNext ? undefined : "This is the last one"}
        onClick={() => onGo(index + 1)}
      />
      <span className="tnum">
        {formatCount(index + 1)}
        {count !== undefined && ` of ${formatCount(count)}`}
      </span>
    </span>
  );
}
