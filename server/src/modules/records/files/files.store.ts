import type { Context } from "#platform/context";
import type { RecordsContext } from "../records.context.ts";

export type NewFile = {
  readonly id: string;
  readonly ownerId: string | null;
  readonly subject: string;
  readonly subjectId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly storageKey: string;
};

/** For modules that attach files to their records. */
export async function insertFile(ctx: Context, file: NewFile): Promise<void> {
  const { tx }: RecordsContext = ctx;
  await tx
    .insertInto("file")
    .values({
      organization_id: ctx.actor.organizationId,
      id: file.id,
      owner_id: file.ownerId,
      subject: file.subject,
      subject_id: file.subjectId,
      name: file.name,
      type: file.type,
      size: BigInt(file.size),
      sha256: file.sha256,
      storage_key: file.storageKey,
      uploaded_by: ctx.actor.memberId,
      uploaded_at: ctx.now.toISOString(),
    })
    .execute();
}

/** Hashes of a record's files, oldest first: what a decision is made on. */
export async function listFileHashes(ctx: Context, subject: string, subjectId: string): Promise<Buffer[]> {
  const { tx }: RecordsContext = ctx;
  const rows = await tx
    .selectFrom("file")
    .select("sha256")
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("subject", "=", subject)
    .where("subject_id", "=", subjectId)
    .where("deleted_at", "is", null)
    .orderBy("uploaded_at")
    .orderBy("id")
    .execute();
  return rows.map(({ sha256 }) => sha256);
}

/** Takes a record's files out of sight, with the record. */
export async function deleteFiles(ctx: Context, subject: string, subjectId: string): Promise<void> {
  const { tx }: RecordsContext = ctx;
  await tx
    .updateTable("file")
    .set({ deleted_at: ctx.now.toISOString() })
    .where("organization_id", "=", ctx.actor.organizationId)
    .where("subject", "=", subject)
    .where("subject_id", "=", subjectId)
    .execute();
}
