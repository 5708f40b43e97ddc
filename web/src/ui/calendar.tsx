import { addDays, addMonths, firstDayOf, lastDayOf, monthOf, weekdayOf } from "@rainmaker/contracts/time";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { cx } from "#lib/class-names";
import { formatFullDay, formatMonth } from "#lib/format";
import { IconButton } from "#ui/button";

type CalendarProps = {
  readonly value: string | null;
  readonly today: string;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onPick: (day: string) => void;
};

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A month as a grid. Arrows move by day and week, Page Up and Page Down by month, Home and End within the week. */
export function Calendar({ value, today, min, max, onPick }: CalendarProps): ReactElement {
  const [focused, setFocused] = useState(value ?? today);
  const grid = useRef<HTMLTableElement>(null);

  const page = (months: number): void => setFocused(inMonth(addMonths(monthOf(focused), months), focused));
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = dayAfterKey(event.key, focused);
    if (next === null) return;
    event.preventDefault();
    // Drawn at once: the day may be in another month, whose button is not there yet.
    flushSync(() => setFocused(next));
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  const month = monthOf(focused);

  return (
    <div className="w-62">
      <div className="flex items-center pb-2">
        <h3 aria-live="polite" className="flex-1 pl-1.5 font-semibold">
          {formatMonth(month)}
        </h3>
        <IconButton icon={ChevronLeft} label="Previous month" size="xs" onClick={() => page(-1)} />
        <IconButton icon={ChevronRight} label="Next month" size="xs" onClick={() => page(1)} />
      </div>
      {/* The keys of its buttons, caught in one place. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <table ref={grid} aria-label={formatMonth(month)} onKeyDown={onKeyDown} className="w-full">
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col" abbr={name} className="h-6 text-2xs font-medium text-subtle">
                {name.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} className="p-0 text-center">
                  <button
                    type="button"
                    tabIndex={day === focused ? 0 : -1}
                    aria-label={formatFullDay(day)}
                    aria-pressed={day === value}
                    aria-current={day === today ? "date" : undefined}
                    disabled={(min !== undefined && day < min) || (max !== undefined && day > max)}
                    onClick={() => onPick(day)}
                    className={cx(
                      "tnum size-8.5 rounded-md hover:bg-hover disabled:text-disabled disabled:hover:bg-transparent",
                      monthOf(day) !== month && "text-subtle",
                      day === today && "font-semibold text-brand-fg",
                      day === value && "bg-brand text-on-brand hover:bg-brand-hover",
                    )}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function dayAfterKey(key: string, day: string): string | null {
  switch (key) {
    case "ArrowLeft":
      return addDays(day, -1);
    case "ArrowRight":
      return addDays(day, 1);
    case "ArrowUp":
      return addDays(day, -7);
    case "ArrowDown":
      return addDays(day, 7);
    case "Home":
      return addDays(day, 1 - weekdayOf(day));
    case "End":
      return addDays(day, 7 - weekdayOf(day));
    case "PageUp":
      return inMonth(addMonths(monthOf(day), -1), day);
    case "PageDown":
      return inMonth(addMonths(monthOf(day), 1), day);
    default:
      return null;
  }
}

/** The same day of another month, or its last. */
function inMonth(month: string, day: string): string {
  const last = lastDayOf(month);
  const same = `${month}-${day.slice(8)}`;
  return same < last ? same : last;
}

/** Whole weeks from Monday that hold the month. */
function weeksOf(month: string): string[][] {
  const first = firstDayOf(month);
  const start = addDays(first, 1 - weekdayOf(first));
  const weeks: string[][] = [];
  for (let day = start; day <= lastDayOf(month); day = addDays(day, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)));
  }
  return weeks;
}
