/** Media types that are recognised, by the bytes a file starts with. What it is called says nothing. */
const signatures: readonly { readonly type: string; readonly matches: (head: Buffer) => boolean }[] = [
  { type: "application/pdf", matches: (head) => head.subarray(0, 1024).includes("%PDF-") },
  { type: "image/png", matches: (head) => head.subarray(0, 8).equals(Buffer.from("89504e470d0a1a0a", "hex")) },
  { type: "image/jpeg", matches: (head) => head.subarray(0, 3).equals(Buffer.from("ffd8ff", "hex")) },
  {
    type: "image/webp",
    matches: (head) => head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP",
  },
  { type: "application/zip", matches: (head) => head.subarray(0, 4).equals(Buffer.from("504b0304", "hex")) },
  { type: "application/gzip", matches: (head) => head.subarray(0, 2).equals(Buffer.from("1f8b", "hex")) },
  {
    type: "text/html",
    matches: (head) =>
      /^\s*(<!doctype html|<html|<head|<body|<script|<svg|<\?xml)/i.test(head.toString("utf8", 0, 512)),
  },
];

/** The media type a file's content shows, or application/octet-stream. */
export function sniffType(head: Buffer): string {
  // A PDF's mark may stand behind other bytes, so a page that merely mentions it must not pass for one.
  const html = signatures.at(-1);
  if (html?.matches(head) === true) return html.type;
  return signatures.find(({ matches }) => matches(head))?.type ?? "application/octet-stream";
}
