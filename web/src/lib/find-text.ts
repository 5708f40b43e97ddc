/** A piece of text of a page and where it stands, in the page's own units, the origin at the bottom left. */
export type TextPiece = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

/**
 * Where one of some writings stands on a page. Digits are compared whole: 4,200.00 is not found in 54,200.00.
 * @returns the frame around the first one, or null
 */
export function findText(pieces: readonly TextPiece[], writings: readonly string[]): Rectangle | null {
  for (const line of linesOf(pieces)) {
    for (const writing of writings) {
      const at = indexOfWhole(line.text, writing);
      if (at !== -1) return frameOf(line, at, at + writing.length);
    }
  }
  return null;
}

/** Whether a text says something, digits compared whole. */
export function saysWhole(text: string, writing: string): boolean {
  return indexOfWhole(tidy(text), writing) !== -1;
}

type Line = { readonly text: string; readonly parts: readonly { readonly from: number; readonly piece: TextPiece }[] };

/** Programs that make documents cut words anywhere: pieces on one line, close together, are read as one. */
function linesOf(pieces: readonly TextPiece[]): readonly Line[] {
  const lines: { text: string; parts: { from: number; piece: TextPiece }[] }[] = [];
  for (const piece of pieces) {
    if (piece.text.trim() === "") continue;
    const line = lines.at(-1);
    const last = line?.parts.at(-1)?.piece;
    const isSame = last !== undefined && Math.abs(last.y - piece.y) < Math.max(1, piece.height * 0.3);
    const gap = last === undefined ? 0 : piece.x - (last.x + last.width);
    if (line !== undefined && isSame && gap > -1 && gap < piece.height * 0.6) {
      const space = gap > piece.height * 0.12 ? " " : "";
      line.parts.push({ from: line.text.length + space.length, piece });
      line.text += space + tidy(piece.text);
    } else {
      lines.push({ text: tidy(piece.text), parts: [{ from: 0, piece }] });
    }
  }
  return lines;
}

function frameOf({ parts }: Line, from: number, to: number): Rectangle {
  const boxes = parts
    .filter(({ from: start, piece }) => start < to && start + tidy(piece.text).length > from)
    .map(({ from: start, piece }) => {
      const { length } = tidy(piece.text);
      // Letters are taken to be of one width: close enough for a frame.
      const left = piece.x + piece.width * Math.max(0, (from - start) / length);
      const right = piece.x + piece.width * Math.min(1, (to - start) / length);
      return [left, piece.y - piece.height * 0.25, right, piece.y + piece.height * 0.95] as const;
    });
  return [
    Math.min(...boxes.map(([left]) => left)),
    Math.min(...boxes.map(([, bottom]) => bottom)),
    Math.max(...boxes.map(([, , right]) => right)),
    Math.max(...boxes.map(([, , , top]) => top)),
  ];
}

function indexOfWhole(text: string, writing: string): number {
  if (writing === "") return -1;
  const hay = text.toLowerCase();
  const needle = writing.toLowerCase();
  for (let at = hay.indexOf(needle); at !== -1; at = hay.indexOf(needle, at + 1)) {
    const before = hay.slice(0, at);
    const after = hay.slice(at + needle.length);
    const isCut = /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(needle);
    const isCutAfter = /^[\p{L}\p{N}]/u.test(after) && /[\p{L}\p{N}]$/u.test(needle);
    const isPartOfFigure = /^\d/.test(needle) && (/\d[.,' ]$/.test(before) || /^[.,]\d/.test(after));
    if (!isCut && !isCutAfter && !isPartOfFigure) return at;
  }
  return -1;
}

/** One kind of space, so that what was typed is found in what was set. */
function tidy(text: string): string {
  return text.replace(/\s/g, " ");
}
