import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Parts of the typeface, by the code points each has, in the order they are tried. Files: server/fonts, under the SIL Open
 * Font License.
 */
const parts = {
  latin:
    "0000-00FF 0131 0152-0153 02BB-02BC 02C6 02DA 02DC 0304 0308 0329 2000-206F 20AC 2122 2191 2193 2212 2215 FEFF FFFD",
  "latin-ext":
    "0100-02BA 02BD-02C5 02C7-02CC 02CE-02D7 02DD-02FF 0304 0308 0329 1D00-1DBF 1E00-1E9F 1EF2-1EFF 2020 20A0-20AB 20AD-20C0 2113 2C60-2C7F A720-A7FF",
  cyrillic: "0301 0400-045F 0490-0491 04B0-04B1 2116",
  "cyrillic-ext": "0460-052F 1C80-1C8A 20B4 2DE0-2DFF A640-A69F FE2E-FE2F",
  greek: "0370-0377 037A-037F 0384-038A 038C 038E-03A1 03A3-03FF",
  "greek-ext": "1F00-1FFF",
  vietnamese:
    "0102-0103 0110-0111 0128-0129 0168-0169 01A0-01A1 01AF-01B0 0300-0301 0303-0304 0308-0309 0323 0329 1EA0-1EF9 20AB",
} as const;

export type FontPart = keyof typeof parts;
export type Weight = 400 | 600;
export const fontParts = Object.keys(parts) as FontPart[];

const ranges = fontParts.map((part) => ({
  part,
  ranges: parts[part].split(" ").map((range) => {
    const [from = "", to = from] = range.split("-");
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
  }),
}));

export type Run = { readonly part: FontPart; readonly text: string };

/** A text in pieces that one part of the typeface can write each. What none has is left to the first. */
export function runsOf(text: string): Run[] {
  const runs: { part: FontPart; text: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const code = character.codePointAt(0) ?? 0;
    // Neighbours stay together where the part at hand has the character too.
    const part = last !== undefined && has(last.part, code) ? last.part : partFor(code);
    if (last?.part === part) last.text += character;
    else runs.push({ part, text: character });
  }
  return runs.length === 0 ? [{ part: "latin", text: "" }] : runs;
}

function partFor(code: number): FontPart {
  return ranges.find(({ part }) => has(part, code))?.part ?? "latin";
}

function has(part: FontPart, code: number): boolean {
  return ranges.find((one) => one.part === part)?.ranges.some(([from, to]) => code >= from && code <= to) === true;
}

const files = new Map<string, Buffer>();

/** A part of the typeface as a file, read once. */
export function fontFile(part: FontPart, weight: Weight): Buffer {
  const name = `inter-${part}-${weight}-normal.ttf`;
  const known = files.get(name);
  if (known !== undefined) return known;
  const read = readFileSync(join(import.meta.dirname, "../../../../fonts", name));
  files.set(name, read);
  return read;
}
