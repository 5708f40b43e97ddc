import { readFile, type FileRef } from "@rainmaker/contracts/records/files";
import type * as z from "zod/mini";
import { callForFile } from "#lib/api";
import { saveFile } from "#lib/files";
import { notifyFailure } from "#lib/toasts";

export type Evidence = z.output<typeof FileRef>;

export async function downloadProof(file: Evidence): Promise<void> {
  try {
    saveFile(await callForFile(readFile, { params: { fileId: file.id }, query: { download: "1" } }), file.name);
  } catch (error) {
    notifyFailure(`${file.name} could not be downloaded`, error);
  }
}
