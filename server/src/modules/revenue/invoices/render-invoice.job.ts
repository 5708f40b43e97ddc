import { createHash, randomUUID } from "node:crypto";
import type { JobWork } from "#platform/jobs";
import { rooms } from "#platform/realtime";
import { inRead, inTransaction, systemCaller } from "#platform/tenant";
import type { InvoiceDocument } from "./invoice.ts";
import { saveRendering } from "./rendered.store.ts";
import { readRendering } from "./rendering.query.ts";

/** Renders the file of an issued document, once; again it does nothing. */
export async function renderInvoiceJob(work: JobWork): Promise<void> {
  await fileOf(work, work.payload.organizationId, work.payload.subjectId);
}

export type Rendered = { readonly document: InvoiceDocument; readonly content: Buffer };

/**
 * The file of an issued document: as it was stored, or rendered now and stored. Nothing is locked meanwhile: two that
 * render at once make the same bytes.
 * @throws Refusal 404
 */
export async function fileOf(
  { workplace, storage, clock }: Pick<JobWork, "workplace" | "storage" | "clock">,
  organizationId: string,
  invoiceId: string,
): Promise<Rendered> {
  const system = await systemCaller(workplace, organizationId, clock());
  const { document, ownerId, file } = await inRead(workplace, system, "statement", (ctx) =>
    readRendering(ctx, invoiceId),
  );
  if (file !== null) return { document, content: await storage.readBytes(file.key) };
  const { renderPdf } = await import("./invoice-pdf.adapter.ts");
  const content = await renderPdf(document);
  // A place of its own: somebody may be reading the file of who was faster.
  const key = `invoices/${randomUUID()}`;
  await storage.write(key, content);
  const sha256 = createHash("sha256").update(content).digest();
  const isFirst = await inTransaction(workplace, system, async (ctx) => {
    if (!(await saveRendering(ctx, invoiceId, { ownerId, sha256, key }))) return false;
    const to = [rooms.all(organizationId, "invoice"), rooms.owner(organizationId, "invoice", ownerId)];
    ctx.hint({ entity: "invoice", id: invoiceId, version: null, rooms: to });
    return true;
  });
  if (!isFirst) await storage.remove(key);
  return { document, content };
}
