import { Tag } from "lucide-react";
import type { BulkField } from "./bulk-value.tsx";

/** Putting a tag on chosen rows, or taking it off. */
export const tagField: BulkField = {
  label: "Tag",
  icon: Tag,
  shortcut: "t",
  prompt: "Tag",
  input: { kind: "tags" },
  action: (tag, isRemoved) => ({ kind: isRemoved ? "removeTags" : "addTags", tags: [tag] }),
};
