import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** outbox: events wait; access: somebody's rights or session changed. */
export type Channel = "outbox" | "access";
const channels: readonly Channel[] = ["outbox", "access"];

type Listener = (message: string) => void;

// Never inside a write's transaction: NOTIFY there makes commits wait for each other (measured, 0.3 of the throughput).
const burstMs = 5;

/**
 * Short messages between processes over PostgreSQL's NOTIFY. At most once: every listener also polls slowly or checks
 * again after a while, so a lost message costs time, never data.
 */
export class Bus {
  readonly #url: string;
  readonly #pool: pg.Pool;
  readonly #listeners = new Map<Channel, Listener[]>();
  readonly #waiting = new Map<string, { channel: Channel; message: string }>();
  #timer: NodeJS.Timeout | undefined;
  #lastSentAt = 0;
  #closed = false;
  #client: pg.Client | undefined;

  private constructor(url: string, pool: pg.Pool) {
    this.#url = url;
    this.#pool = pool;
  }

  /** Connects. @param pool sends the messages, so that listening never waits behind them */
  static async open(url: string, pool: pg.Pool): Promise<Bus> {
    const bus = new Bus(url, pool);
    await bus.#connect();
    return bus;
  }

  /** Messages in one burst with the same text are sent once. */
  send(channel: Channel, message = ""): void {
    this.#waiting.set(`${channel}\0${message}`, { channel, message });
    // The first of a burst goes at once; what follows within it is gathered.
    this.#timer ??= setTimeout(() => void this.#flush(), Math.max(0, this.#lastSentAt + burstMs - Date.now()));
  }

  /** An empty message means: something may have been missed, look. */
  on(channel: Channel, listener: Listener): void {
    this.#listeners.set(channel, [...(this.#listeners.get(channel) ?? []), listener]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#flush();
    await this.#client?.end();
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    this.#lastSentAt = Date.now();
    const batch = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { channel, message } of batch) {
      const query = { name: "_notify", text: "select pg_notify($1, $2)", values: [channel, message] };
      await this.#pool.query(query).catch(() => {});
    }
  }

  async #connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: this.#url,
      application_name: "rainmaker listen",
      keepAlive: true,
    });
    next.on("notification", ({ channel, payload }) => this.#tell(channel as Channel, payload ?? ""));
    next.on("error", () => {});
    next.on("end", () => void this.#reconnect());
    await next.connect();
    for (const channel of channels) await next.query(`listen ${channel}`);
    this.#client = next;
  }

  async #reconnect(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#connect();
        for (const channel of channels) this.#tell(channel, "");
        return;
      } catch {
        await sleep(500);
      }
    }
  }

  #tell(channel: Channel, message: string): void {
    for (const listener of this.#listeners.get(channel) ?? []) listener(message);
  }
}
