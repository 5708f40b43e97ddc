/** Every one of these carries white text at 4.5:1 or more; identity.test.ts proves it. */
export const identityColours = [
  "#0F6E8C",
  "#6B4BB8",
  "#A3405F",
  "#8A5A12",
  "#2F7A55",
  "#9A3B6E",
  "#4A63B5",
  "#7A5230",
  "#3C5A78",
  "#7B4B57",
  "#166534",
  "#5B3FB0",
  "#9A3412",
  "#0E7490",
  "#5B5370",
  "#B3261E",
  "#1D5FA8",
  "#4D7C0F",
] as const;

/** The colour of a person or a company: always the same one for the same id. */
export function colourOf(id: string): string {
  // FNV-1a: ids made in one second differ in few characters, and still spread over the palette.
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) {
    hash ^= id.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return identityColours[(hash >>> 0) % identityColours.length] ?? identityColours[0];
}

/** "Maya Okafor" is MO, "Kestrel" is K; at most two letters. */
export function initialsOf(name: string): string {
  const words = name
    .normalize("NFC")
    .split(/[\s\-&,.]+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last].map(firstLetter).join("").toLocaleUpperCase("en-GB");
}

/** By code point: half of a pair is no letter. */
function firstLetter(word: string): string {
  return String.fromCodePoint(...[word.codePointAt(0)].filter((point) => point !== undefined));
}
