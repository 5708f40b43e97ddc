import * as z from "zod/mini";

/** Text somebody types, without spaces around it. */
export const text = (max: number) => z.string().check(z.trim(), z.maxLength(max));

/** Text that may be left out or taken away; an empty one is none. */
export const optionalText = (max: number) => z.optional(z.nullable(text(max)));

/** Words that sort records into heaps: each once, in the order given. */
export const Tags = z.array(text(40).check(z.minLength(1))).check(z.maxLength(50));
