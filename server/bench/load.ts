/** Latencies of one operation under load. */
export type Figures = {
  readonly calls: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
};

/**
 * Runs an operation from many clients at once, each starting its next call when the last was answered.
 * @param seconds how long; the first fifth warms up and does not count
 */
export async function load(
  clients: number,
  seconds: number,
  operation: (client: number) => Promise<void>,
): Promise<Figures> {
  const warmUntil = performance.now() + (seconds * 1000) / 5;
  const until = warmUntil + seconds * 1000;
  const times: number[] = [];
  const runClient = async (client: number): Promise<void> => {
    for (let started = performance.now(); started < until; started = performance.now()) {
      await operation(client);
      const ended = performance.now();
      if (started >= warmUntil) times.push(ended - started);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => runClient(client)));
  return figuresOf(times, seconds);
}

/** @param times milliseconds of each call */
export function figuresOf(times: readonly number[], seconds: number): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { calls: sorted.length, perSecond: sorted.length / seconds, p50: at(0.5), p95: at(0.95) };
}
