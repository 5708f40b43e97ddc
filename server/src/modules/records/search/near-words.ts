/** Shorter words have too many neighbours to mean one of them. */
const fewestLetters = 5;

const alphabets: readonly { readonly script: RegExp; readonly letters: string }[] = [
  { script: /^[a-z0-9]+$/, letters: "abcdefghijklmnopqrstuvwxyz" },
  { script: /^\p{Script=Cyrillic}+$/u, letters: "абвгдежзиклмнопрстуфхцчшщъыьэюя" },
  { script: /^\p{Script=Greek}+$/u, letters: "αβγδεζηθικλμνξοπρστυφχψω" },
];

/**
 * Every word one slip of the keyboard away: a letter missing, too many, wrong, or two of them swapped. Looking up a few
 * hundred words by an index costs less than keeping a second index of neighbours for every word of every record.
 */
export function nearWords(word: string): string[] {
  const letters = alphabets.find(({ script }) => script.test(word))?.letters;
  if (letters === undefined || word.length < fewestLetters) return [];
  const places = Array.from({ length: word.length + 1 }, (_, place) => place);
  const near = places.flatMap((place) => {
    const [head, tail] = [word.slice(0, place), word.slice(place)];
    const others = Array.from(letters);
    return [
      ...others.map((letter) => head + letter + tail),
      ...(tail === "" ? [] : [head + tail.slice(1), ...others.map((letter) => head + letter + tail.slice(1))]),
      ...(tail.length < 2 ? [] : [head + tail.charAt(1) + tail.charAt(0) + tail.slice(2)]),
    ];
  });
  return [...new Set(near)].filter((other) => other !== word);
}
