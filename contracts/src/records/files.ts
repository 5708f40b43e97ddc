import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { FileId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { Instant } from "../time.ts";

export const FileRef = z.object({
  id: FileId,
  name: z.string(),
  /** Media type found in the content, not the one the uploader claimed. */
  type: z.string(),
  size: z.int(),
  sha256: z.string(),
  uploadedAt: Instant,
  uploadedBy: z.nullable(MemberRef),
});
export type FileRef = z.output<typeof FileRef>;

export const readFile = endpoint(
  "GET",
  "/files/{fileId}",
  "Content of a file, for whoever sees what it belongs to",
  "signed-in",
  {
    params: z.strictObject({ fileId: FileId }),
    query: z.strictObject({ download: z.optional(z.enum(["1"])) }),
    replyType: "application/octet-stream",
  },
);
