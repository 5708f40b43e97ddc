import * as z from "zod/mini";
import { Day } from "../time.ts";

/** fresh; warning from 70 % of the stage's limit on; rotten past the limit. A planned step keeps it fresh until its day. */
export const freshnessStates = ["fresh", "warning", "rotten"] as const;
export const Freshness = z.object({
  state: z.enum(freshnessStates),
  /** Whole days since its last move, call, meeting or mail. */
  quietDays: z.int(),
  limitDays: z.int(),
  /** The day of the planned step or follow-up, where that lies ahead. */
  pausedUntil: z.nullable(Day),
});
export type Freshness = z.output<typeof Freshness>;
