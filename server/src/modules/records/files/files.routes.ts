import { readFile } from "@rainmaker/contracts/records/files";
import { serveDownload, type Http } from "#platform/http";
import { requireSubjectInSight } from "./file-subjects.query.ts";
import { getStoredFile } from "./files.query.ts";

/** Types a browser shows without running anything of them. */
const inlineTypes: ReadonlySet<string> = new Set(["application/pdf", "image/png", "image/jpeg", "image/webp"]);

export function fileRoutes(http: Http): void {
  serveDownload(http, readFile, async (ctx, { fileId }, { download }) => {
    const { subject, subjectId, name, type, storageKey } = await getStoredFile(ctx, fileId);
    await requireSubjectInSight(ctx, subject, subjectId);
    const inline = download === undefined && inlineTypes.has(type);
    return {
      content: await http.storage.read(storageKey),
      name,
      type: inline ? type : "application/octet-stream",
      inline,
    };
  });
}
