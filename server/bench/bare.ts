import pg from "pg";
import { v7 as uuidv7 } from "uuid";
import type { Captured } from "./capture.ts";

/**
 * The same SQL without the application: the statements of one call through pg alone, prepared, as the tables' owner,
 * whom no policy holds up. A write gets its own BEGIN and COMMIT.
 */
export class BareDriver {
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();

  /** @param organizationId what the tables' own functions read, set once for each connection */
  constructor(ownerUrl: string, connections: number, organizationId: string) {
    this.#pool = new pg.Pool({
      connectionString: ownerUrl,
      max: connections,
      options: `-c plan_cache_mode=force_generic_plan -c app.organization_id=${organizationId} -c app.reach=all`,
    });
  }

  async read(statements: readonly Captured[]): Promise<void> {
    for (const { text, values } of statements) await this.#pool.query(this.#prepared(text, values));
  }

  /** @param replace values of the captured call and what stands in their place this time */
  async write(statements: readonly Captured[], replace: ReadonlyMap<string, string>): Promise<void> {
    const client = await this.#pool.connect();
    try {
      await client.query("begin");
      for (const { text, values } of statements) {
        await client.query(
          this.#prepared(
            text,
            values.map((value) => replaced(value, replace)),
          ),
        );
      }
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  #prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
    const name = this.#names.get(text) ?? `b${this.#names.size}`;
    this.#names.set(text, name);
    return { name, text, values: [...values] };
  }
}

const anyUuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Ids that a captured call made for its own rows, each with a fresh one: the call can be repeated. */
export function freshIds(statements: readonly Captured[], since: Date): Map<string, string> {
  const text = JSON.stringify(statements, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
  const made = new Set([...text.matchAll(anyUuid)].map(([id]) => id).filter((id) => instantIn(id) >= since.getTime()));
  return new Map([...made].map((id) => [id, uuidv7()]));
}

function instantIn(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

function replaced(value: unknown, replace: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, replace));
  if (typeof value !== "string") return value;
  const whole = replace.get(value);
  if (whole !== undefined) return whole;
  return anyUuid.test(value) ? value.replaceAll(anyUuid, (id) => replace.get(id) ?? id) : value;
}
