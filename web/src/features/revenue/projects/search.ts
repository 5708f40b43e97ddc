import { ProjectId } from "@rainmaker/contracts/ids";
import * as z from "zod/mini";
import { catch as otherwise } from "zod/mini";

// A value that cannot be read is as good as none.
const maybe = <T extends z.ZodMiniType>(schema: T): z.ZodMiniCatch<z.ZodMiniOptional<T>> =>
  otherwise(z.optional(schema), undefined);

export const projectsSearch = z.object({
  /** The open ones unless it says closed. */
  state: maybe(z.enum(["closed"])),
  /** The sheet is open: for a new project, or for this one. */
  edit: maybe(z.union([z.literal("new"), ProjectId])),
});
export type ProjectsSearch = z.output<typeof projectsSearch>;
