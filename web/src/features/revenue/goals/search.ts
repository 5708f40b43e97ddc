import { Month } from "@rainmaker/contracts/time";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const goalsSearch = z.object({
  /** Goals unless it says leaderboard. */
  show: maybe(z.enum(["leaderboard"])),
  /** The open month without it. */
  month: maybe(Month),
  /** The sentence that sets a goal is open; for this member or team where it names one. */
  set: maybe(z.union([z.boolean(), z.uuid()])),
});
export type GoalsSearch = z.output<typeof goalsSearch>;
