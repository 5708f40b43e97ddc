import { MemberId } from "@rainmaker/contracts/ids";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// A value that cannot be read is as good as none.
export const statementSearch = z.object({
  /** Whose statement it is; the viewer's own without. */
  member: otherwise(z.optional(MemberId), undefined),
  /** The line that is explained: the number of its payment. */
  line: otherwise(z.optional(z.string().check(z.maxLength(40))), undefined),
});
export type StatementSearch = z.output<typeof statementSearch>;
