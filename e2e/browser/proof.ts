const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** A picture of a receipt; its content is its own, for the same file is taken once. */
export function proof(): { name: string; mimeType: string; buffer: Buffer } {
  return { name: "receipt.png", mimeType: "image/png", buffer: Buffer.concat([dot, Buffer.from(crypto.randomUUID())]) };
}
