import type { ReactElement } from "react";
import { formatAgo, formatDay, formatFullDay, formatInstant, formatStamp, formatTime } from "#lib/format";

const writers = {
  /** "Today 15:00", "6 Oct". */
  instant: (value: string) => formatInstant(value),
  /** "22 min", "6 Oct". */
  ago: (value: string) => formatAgo(value),
  /** "09:12:41". */
  time: (value: string) => formatTime(value, { seconds: true }),
} as const;

type MomentProps = {
  readonly at: string;
  readonly as?: keyof typeof writers;
  /** Inside a sentence "Today" is "today". */
  readonly isInSentence?: boolean;
  readonly className?: string | undefined;
};

/** A moment in the viewer's zone; the exact one on hover. */
export function Moment({ at, as = "instant", isInSentence = false, className }: MomentProps): ReactElement {
  const text = writers[as](at);
  return (
    <time dateTime={at} data-tip={formatStamp(at)} className={className}>
      {isInSentence ? text.replace(/^(Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase()) : text}
    </time>
  );
}

/** A calendar day: "Fri 20 Nov", "6 Oct". */
export function DayText({
  day,
  className,
}: {
  readonly day: string;
  readonly className?: string | undefined;
}): ReactElement {
  return (
    <time dateTime={day} data-tip={formatFullDay(day)} className={className}>
      {formatDay(day)}
    </time>
  );
}
