import { describe, expect, test } from "vitest";
import { colourOf, identityColours, initialsOf } from "./identity.ts";

describe("colours", () => {
  test.each(identityColours)("%s carries white text at 4.5:1", (colour) => {
    expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  test("an id has one colour, and ids spread over the palette", () => {
    const ids = Array.from({ length: 500 }, (_, index) => `0192f3a1-0000-7000-8000-${String(index).padStart(12, "0")}`);
    expect(ids.map(colourOf)).toEqual(ids.map(colourOf));
    expect(new Set(ids.map(colourOf)).size).toBe(identityColours.length);
  });
});

test.each([
  ["Maya Okafor", "MO"],
  ["Tomás da Silva Ferreira", "TF"],
  ["Kestrel", "K"],
  ["nora.dietrich", "ND"],
  ["Müller & Söhne", "MS"],
  ["élan vital", "ÉV"],
  ["", ""],
])("%s is %s", (name, expected) => expect(initialsOf(name)).toBe(expected));

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
