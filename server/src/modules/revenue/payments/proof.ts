import { Refusal } from "#platform/errors";

const proofTypes: ReadonlySet<string> = new Set(["application/pdf", "image/png", "image/jpeg", "image/webp"]);

/** What a proof may be. */
export const proofUpload = { folder: "payments", maxBytes: 25_000_000, checkType: refuseOtherTypes };

function refuseOtherTypes(type: string): void {
  if (proofTypes.has(type)) return;
  const message = "A proof is a PDF, PNG, JPEG or WebP; this file's content is something else";
  throw new Refusal("invalid", "unsupported_file_type", message, {
    errors: [{ path: "file", code: "unsupported_file_type", message }],
  });
}
