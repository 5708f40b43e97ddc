/** Runs a task again and again on demand, never twice at once: a demand during a run asks for one more run after it. */
export class Loop {
  readonly #task: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(task: () => Promise<void>, onError: (error: unknown) => void) {
    this.#task = task;
    this.#onError = onError;
  }

  run(): void {
    if (this.#stopped) return;
    if (this.#running === undefined) this.#running = this.#work();
    else this.#again = true;
  }

  /** Resolves when no run is under way. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #work(): Promise<void> {
    do {
      this.#again = false;
      // The database may be away for a moment; the next demand tries again.
      await this.#task().catch((error: unknown) => this.#stopped || this.#onError(error));
    } while (this.#again && !this.#stopped);
    this.#running = undefined;
  }
}
