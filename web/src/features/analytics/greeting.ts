import { weekdayOf } from "@rainmaker/contracts/time";
import { formatMonth } from "#lib/format";

/** By the clock of the viewer. */
export function greeting(hour = new Date().getHours()): string {
  if (hour < 12) return "Good morning";
  return hour < 18 ? "Good afternoon" : "Good evening";
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** "Friday 20 November". */
export function longDay(day: string): string {
  const [month = ""] = formatMonth(day.slice(0, 7)).split(" ");
  return `${weekdays[weekdayOf(day) - 1] ?? ""} ${Number(day.slice(8))} ${month}`;
}
