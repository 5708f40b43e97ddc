/**
 * Letters without accents, in lower case; other alphabets are kept. The keys of the database are folded the same way
 * (app.fold), or nothing would be found.
 */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036F]/g, "")
    .toLowerCase()
    .replaceAll(/[ßæœþøłđıðς]/g, (letter) => spelled[letter] ?? letter);
}

const spelled: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ø: "o",
  ł: "l",
  đ: "d",
  ı: "i",
  ð: "d",
  ς: "σ",
};

/** Longer words are found by their beginning. */
const longestWord = 40;

/** The folded words of a text, in order. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{Nd}]+/gu) ?? []).map((word) => Array.from(word).slice(0, longestWord).join(""));
}
