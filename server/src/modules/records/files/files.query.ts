import { notFound } from "#platform/errors";
import type { RecordsContext } from "../records.context.ts";
import type { NewFile } from "./files.store.ts";

type StoredFile = Pick<NewFile, "subject" | "subjectId" | "name" | "type" | "storageKey">;

/** @throws Refusal 404 */
export async function getStoredFile(ctx: RecordsContext, fileId: string): Promise<StoredFile> {
  const row = await ctx.tx
    .selectFrom("file")
    .select(["subject", "subject_id", "name", "type", "storage_key"])
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("id", "=", fileId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) throw notFound("file");
  return {
    subject: row.subject,
    subjectId: row.subject_id,
    name: row.name,
    type: row.type,
    storageKey: row.storage_key,
  };
}
