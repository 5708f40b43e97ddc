/**
 * Acts at once on the first mention of a key, then at most once per window, and once more at the end of a window in
 * which the key was mentioned again: what changed last is never missed, and a burst costs two acts.
 */
export function coalesce<Key>(act: (key: Key) => void, windowMs: () => number): (key: Key) => void {
  const mentionedAgain = new Map<Key, boolean>();
  const run = (key: Key): void => {
    act(key);
    mentionedAgain.set(key, false);
    setTimeout(() => {
      const again = mentionedAgain.get(key) === true;
      mentionedAgain.delete(key);
      if (again) run(key);
    }, windowMs());
  };
  return (key) => {
    if (mentionedAgain.has(key)) mentionedAgain.set(key, true);
    else run(key);
  };
}
