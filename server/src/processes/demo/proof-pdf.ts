/** What a bank's advice of a payment says. */
export type Advice = {
  readonly payer: string;
  readonly amount: string;
  readonly day: string;
  readonly reference: string;
  readonly deal: string;
};

/** A one-page remittance advice, as small as a PDF can be: text in a standard font, no compression. */
export function proofPdf({ payer, amount, day, reference, deal }: Advice): Buffer {
  const rows: readonly (readonly [string, string])[] = [
    ["Ordering customer", payer],
    ["Beneficiary", "Halden Systems, Inc."],
    ["Payment type", "Domestic transfer"],
    ["Booking date", day],
    ["Value date", day],
    ["Remittance information", deal],
    ["End-to-end id", reference],
  ];
  const text = [
    place("F2", 20, 60, 770, "Norrland Bank"),
    place("F1", 10, 60, 754, "Business payments"),
    place("F2", 11, 430, 770, "Remittance advice"),
    "0.2 0.25 0.3 RG 1 w 60 738 m 535 738 l S",
    ...rows.flatMap(([label, value], index) => [
      place("F1", 10, 60, 705 - index * 26, label),
      place("F1", 10, 230, 705 - index * 26, value),
    ]),
    "60 505 m 535 505 l S",
    place("F2", 14, 60, 480, "Amount transferred"),
    place("F2", 16, 400, 480, `USD ${amount}`),
    place("F1", 8, 60, 440, "This advice confirms execution of the order above. It is not a guarantee of receipt."),
  ].join("\n");
  return assemble([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
    `<< /Length ${Buffer.byteLength(text, "latin1")} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
  ]);
}

function place(font: string, size: number, x: number, y: number, text: string): string {
  const escaped = text.replaceAll(/[\\()]/g, String.raw`\$&`);
  return `BT /${font} ${size} Tf ${x} ${y} Td (${escaped}) Tj ET`;
}

function assemble(objects: readonly string[]): Buffer {
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, "latin1");
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(file, "latin1");
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}
