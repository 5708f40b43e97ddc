import Pdf from "pdfkit";
import type { InvoiceDocument } from "./invoice.ts";
import { fontFile, runsOf, type Weight } from "./pdf-fonts.adapter.ts";
import { grouped, invoiceWords } from "./invoice-words.ts";

const page = { left: 56, right: 539, top: 56, bottom: 770 } as const;
const ink = { strong: "#1B2229", plain: "#3C4650", quiet: "#5A646D", line: "#D0D7DC", brand: "#07789A" } as const;
const columns = [
  { from: 56, width: 214, align: "left" },
  { from: 278, width: 48, align: "right" },
  { from: 332, width: 76, align: "right" },
  { from: 414, width: 40, align: "right" },
  { from: 460, width: 79, align: "right" },
] as const;

type Style = {
  readonly size?: number;
  readonly weight?: Weight;
  readonly color?: string;
  readonly align?: "left" | "right";
};
/** The types do not know this standard of accessible documents yet. */
const accessible: object = { subset: "PDF/UA" };

type Structure = ReturnType<PDFKit.PDFDocument["struct"]>;

/**
 * The document as a tagged PDF. A function of the document alone: no clock, no chance, no compression, so that the same
 * document is the same bytes whenever and wherever it is rendered.
 */
export async function renderPdf(document: InvoiceDocument): Promise<Buffer> {
  const words = invoiceWords(document);
  const pdf = new Pdf({
    ...accessible,
    size: "A4",
    margins: { top: page.top, left: page.left, right: 595.28 - page.right, bottom: 40 },
    compress: false,
    pdfVersion: "1.7",
    tagged: true,
    lang: "en",
    displayTitle: true,
    bufferPages: true,
    font: "",
    info: {
      Title: `${words.title} ${document.number ?? ""}`,
      Author: document.seller.name,
      Producer: "Rainmaker",
      Creator: "Rainmaker",
      CreationDate: new Date(`${document.issuedOn ?? "1970-01-01"}T00:00:00Z`),
    },
  });
  const chunks: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (chunk: Buffer) => void chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
  new Sheet(pdf).draw(document);
  pdf.end();
  return whole;
}

class Sheet {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #root: Structure;
  #y: number = page.top;

  constructor(pdf: PDFKit.PDFDocument) {
    this.#pdf = pdf;
    this.#root = pdf.struct("Document");
    pdf.addStructure(this.#root);
  }

  draw(document: InvoiceDocument): void {
    this.#head(document);
    this.#parties(document);
    this.#lines(document);
    this.#totals(document);
    this.#foot(document);
    this.#root.end();
    this.#pageNumbers(document);
  }

  #head({ seller, number, ...document }: InvoiceDocument): void {
    const { title } = invoiceWords({ ...document, seller, number });
    const top = this.#y;
    this.#add("H1", title, 330, top, 209, { size: 20, weight: 600, color: ink.strong, align: "right" });
    this.#add("P", number ?? "", 330, top + 27, 209, { weight: 600, color: ink.strong, align: "right" });
    let y = this.#add("P", seller.name, page.left, top, 260, { size: 11, weight: 600, color: ink.strong });
    const tax = seller.taxId === null ? [] : [`Tax no. ${seller.taxId}`];
    for (const line of [...seller.address, ...tax]) y = this.#add("P", line, page.left, y + 2, 260);
    this.#y = Math.max(y, top + 46) + 12;
    this.#rule(ink.brand, 1.5);
    this.#y += 16;
  }

  #parties(document: InvoiceDocument): void {
    const { buyer } = document;
    const top = this.#y;
    const tax = buyer.taxId === null ? [] : [`Tax no. ${buyer.taxId}`];
    let y = this.#add("P", "Billed to", page.left, top, 200, { size: 8, color: ink.quiet });
    y = this.#add("P", buyer.name, page.left, y + 2, 200, { weight: 600, color: ink.strong });
    for (const line of [...buyer.address, ...tax]) y = this.#add("P", line, page.left, y + 2, 200);
    const ends = [280, 412].map((x, side) => {
      let below = top;
      for (const [label, value] of invoiceWords(document).facts.filter((_, index) => index % 2 === side)) {
        below = this.#add("P", label, x, below, 126, { size: 8, color: ink.quiet });
        below = this.#add("P", value, x, below + 2, 126, { weight: 600, color: ink.strong }) + 8;
      }
      return below;
    });
    this.#y = Math.max(y, ...ends) + 14;
  }

  #lines({ lines, taxIncluded }: InvoiceDocument): void {
    const table = this.#pdf.struct("Table");
    this.#root.add(table);
    const heads = ["Description", "Qty", taxIncluded ? "Price incl. tax" : "Price", "Tax", "Amount"];
    this.#row(table, "TH", heads, { size: 8, color: ink.quiet });
    for (const line of lines) {
      const percent = Number(line.discountPercent) === 0 ? "" : `${line.discountPercent} % off`;
      const detail = [line.detail, percent].filter((part) => part !== null && part !== "").join(" · ");
      const cells = [
        line.description,
        line.quantity,
        grouped(line.unitPrice),
        `${line.taxPercent} %`,
        grouped(line.amount),
      ];
      this.#row(table, "TD", cells, { color: ink.strong }, detail);
    }
    table.end();
    this.#rule(ink.line, 0.7);
    this.#y += 10;
  }

  #row(table: Structure, type: "TH" | "TD", cells: readonly string[], style: Style, detail = ""): void {
    const [first = ""] = cells;
    const height =
      this.#height(first, columns[0].width, style) + (detail === "" ? 0 : this.#height(detail, columns[0].width, {}));
    this.#room(height + 12);
    this.#rule(ink.line, 0.7);
    const top = this.#y + 6;
    const row = this.#pdf.struct("TR");
    table.add(row);
    let bottom = top;
    for (const [index, cell] of cells.entries()) {
      const { from, width, align } = columns[index] ?? columns[0];
      const weight: Weight = type === "TD" && index === 0 ? 600 : 400;
      const y = this.#add(type, cell, from, top, width, { ...style, align, weight }, row);
      bottom = Math.max(bottom, y);
      if (index === 0 && detail !== "") bottom = this.#add("P", detail, from, y + 1, width, { size: 8.5 }, row);
    }
    row.end();
    this.#y = bottom + 6;
  }

  #totals(document: InvoiceDocument): void {
    const { currency, net, taxes, total } = document;
    this.#room(60 + taxes.length * 16);
    const lines = [
      ["Net", grouped(net)],
      ...taxes.map(({ percent, tax }) => [`Tax ${percent} %`, grouped(tax)]),
    ] as const;
    for (const [label = "", value = ""] of lines) this.#sum(label, value, {});
    this.#y += 2;
    this.#rule(ink.strong, 1, 332);
    this.#y += 6;
    const words = document.kind === "invoice" ? "Total" : "Total credited";
    this.#sum(words, `${currency} ${grouped(total)}`, { size: 12, weight: 600 });
    this.#rule(ink.strong, 1, 332);
    this.#y += 20;
  }

  #sum(label: string, value: string, style: Style): void {
    this.#add("P", label, 332, this.#y, 90, { ...style, color: ink.strong });
    this.#y = this.#add("P", value, 410, this.#y, 129, { ...style, color: ink.strong, align: "right" }) + 5;
  }

  #foot(document: InvoiceDocument): void {
    for (const text of invoiceWords(document).foot) {
      this.#room(this.#height(text, page.right - page.left, {}) + 6);
      this.#y = this.#add("P", text, page.left, this.#y, page.right - page.left, { color: ink.quiet }) + 6;
    }
  }

  #pageNumbers({ number }: InvoiceDocument): void {
    const { start, count } = this.#pdf.bufferedPageRange();
    for (let index = start; index < start + count; index += 1) {
      this.#pdf.switchToPage(index);
      this.#pdf.markContent("Artifact", { type: "Pagination" });
      this.#write(`${number ?? ""} · Page ${index + 1} of ${count}`, page.left, 786, 483, {
        size: 8,
        color: ink.quiet,
      });
      this.#pdf.endMarkedContent();
    }
  }

  /** Adds a piece of text with its tag. @returns where it ends */
  #add(tag: string, text: string, x: number, y: number, width: number, style: Style = {}, parent = this.#root): number {
    let end = y;
    const element = this.#pdf.struct(tag, {}, () => {
      end = this.#write(text, x, y, width, style);
    });
    parent.add(element);
    element.end();
    return end;
  }

  #write(text: string, x: number, y: number, width: number, style: Style): number {
    const { color = ink.plain, align = "left" } = style;
    const runs = runsOf(text);
    this.#pdf.x = x;
    this.#pdf.y = y;
    this.#pdf.fillColor(color);
    for (const [index, run] of runs.entries()) {
      this.#use(run.part, style);
      const continued = index < runs.length - 1;
      const options = { width, align, continued, lineGap: 1.5, features: ["tnum"] } as PDFKit.Mixins.TextOptions;
      if (index === 0) this.#pdf.text(run.text, x, y, options);
      else this.#pdf.text(run.text, options);
    }
    return this.#pdf.y;
  }

  #use(part: ReturnType<typeof runsOf>[number]["part"], { size = 9.5, weight = 400 }: Style): void {
    const name = `${part}-${weight}`;
    this.#pdf.registerFont(name, fontFile(part, weight));
    this.#pdf.font(name).fontSize(size);
  }

  #height(text: string, width: number, style: Style): number {
    this.#use("latin", style);
    return this.#pdf.heightOfString(text, { width, lineGap: 1.5 });
  }

  /** Goes on on a new page where so much does not fit on this one. */
  #room(height: number): void {
    if (this.#y + height <= page.bottom) return;
    this.#pdf.addPage();
    this.#y = page.top;
  }

  #rule(color: string, width: number, from: number = page.left): void {
    this.#pdf.markContent("Artifact", { type: "Layout" });
    this.#pdf.moveTo(from, this.#y).lineTo(page.right, this.#y).lineWidth(width).strokeColor(color).stroke();
    this.#pdf.endMarkedContent();
  }
}
