type Task = () => Promise<void>;

/** Tasks of one lane run one after another, lanes side by side up to a limit. Tasks do not throw. */
export class Lanes {
  readonly #mostAtOnce: number;
  readonly #lanes = new Map<string, Task[]>();
  readonly #ready: string[] = [];
  #active = 0;
  #onIdle: (() => void)[] = [];

  constructor(mostAtOnce: number) {
    this.#mostAtOnce = mostAtOnce;
  }

  add(lane: string, task: Task): void {
    const queue = this.#lanes.get(lane);
    if (queue !== undefined) {
      queue.push(task);
      return;
    }
    this.#lanes.set(lane, [task]);
    this.#ready.push(lane);
    this.#start();
  }

  /** Adds the task unless one waits in the lane already, behind the running one: it would find nothing left to do. */
  addOnce(lane: string, task: Task): void {
    if ((this.#lanes.get(lane)?.length ?? 0) < 2) this.add(lane, task);
  }

  settled(): Promise<void> {
    if (this.#active === 0) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  #start(): void {
    while (this.#active < this.#mostAtOnce) {
      const lane = this.#ready.shift();
      if (lane === undefined) return;
      this.#active += 1;
      void this.#runNext(lane);
    }
  }

  async #runNext(lane: string): Promise<void> {
    const queue = this.#lanes.get(lane) ?? [];
    await queue[0]?.();
    queue.shift();
    this.#active -= 1;
    if (queue.length > 0) this.#ready.push(lane);
    else this.#lanes.delete(lane);
    this.#start();
    if (this.#active === 0) for (const resolve of this.#onIdle.splice(0)) resolve();
  }
}
