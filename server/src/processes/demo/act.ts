/** One thing that somebody does on a day, through the API. */
export type Act = {
  /** "YYYY-MM-DD" */
  readonly day: string;
  /** Minutes after midnight, UTC. */
  readonly minute: number;
  /** Acts of one lane happen one after another, lanes side by side. */
  readonly lane: string;
  readonly run: (at: Date) => Promise<unknown>;
};

const lanesAtOnce = 6;

export function instantOf({ day, minute }: Pick<Act, "day" | "minute">): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000);
}

/** Plays acts day by day. Within a day, what belongs together happens in order and the rest side by side. */
export async function play(acts: readonly Act[], progress: (done: number, all: number) => void): Promise<void> {
  const days = [...Map.groupBy(acts, ({ day }) => day)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  let done = 0;
  for (const [, today] of days) {
    const lanes = [...Map.groupBy(today, ({ lane }) => lane).values()].map((lane) =>
      lane.toSorted((a, b) => a.minute - b.minute),
    );
    await runLanes(lanes.toSorted((a, b) => (a[0]?.minute ?? 0) - (b[0]?.minute ?? 0)));
    done += today.length;
    progress(done, acts.length);
  }
}

async function runLanes(lanes: readonly (readonly Act[])[]): Promise<void> {
  let next = 0;
  const runNext = async (): Promise<void> => {
    for (let lane = lanes[next++]; lane !== undefined; lane = lanes[next++]) {
      for (const act of lane) await act.run(instantOf(act));
    }
  };
  await Promise.all(Array.from({ length: lanesAtOnce }, runNext));
}
