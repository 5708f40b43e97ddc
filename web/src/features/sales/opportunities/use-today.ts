import { useEffect, useState } from "react";
import { today } from "#lib/format";
import { useUser } from "#lib/session";

/** The organization's day: what is overdue is so for everybody. */
export function useToday(): string {
  return today(useUser().organization?.timeZone);
}

/** Now, as of when the page was opened and every minute after. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
