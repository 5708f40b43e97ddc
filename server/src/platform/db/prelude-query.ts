import pg from "pg";

/** A statement that runs before another one and whose result nobody reads. `name` is its prepared name. */
export type Statement = { readonly name: string; readonly text: string; readonly values: readonly (string | null)[] };

/** What pg keeps per connection, as far as this file uses it; private to pg, hence the exact pin of its version. */
type Wire = {
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  parse(message: { name: string; text: string }): void;
  bind(message: { portal: string; statement: string; values: readonly (string | null)[] }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: "S"; name: string }): void;
};

type QueryInternals = {
  name: string | undefined;
  text: string;
  queryMode: string;
  values: unknown[];
  callback: (error: Error | undefined, result: pg.QueryResult) => void;
  prepare(wire: Wire): void;
  hasBeenParsed(wire: Wire): boolean;
  handleCommandComplete(message: unknown, wire: Wire): void;
  handleError(error: Error, wire: Wire): void;
};

const Base = pg.Query as unknown as new (config: { text: string; values: unknown[]; name?: string }) => QueryInternals;

/** Names a connection is known to have prepared for preludes, and names whose fate an error left open. */
const preparedPreludes = new WeakMap<Wire, Set<string>>();
const uncertainNames = new WeakMap<Wire, Set<string>>();

function setOf(map: WeakMap<Wire, Set<string>>, wire: Wire): Set<string> {
  const known = map.get(wire);
  if (known !== undefined) return known;
  const made = new Set<string>();
  map.set(wire, made);
  return made;
}

/**
 * Several statements before one Sync: one round trip, and outside a transaction block one implicit transaction.
 * That is what lets a setting that is local to a transaction hold for exactly the statement it is sent with.
 */
class PreludeQuery extends Base {
  readonly #prelude: readonly Statement[];
  #unread: number;
  readonly #parsedHere: string[] = [];

  constructor(
    prelude: readonly Statement[],
    main: { name: string | undefined; text: string; values: readonly unknown[] },
  ) {
    super({ text: main.text, values: [...main.values], ...(main.name === undefined ? {} : { name: main.name }) });
    this.#prelude = prelude;
    this.#unread = prelude.length;
    this.queryMode = "extended";
  }

  override prepare(wire: Wire): void {
    const prepared = setOf(preparedPreludes, wire);
    for (const { name, text, values } of this.#prelude) {
      if (!prepared.has(name)) {
        this.#closeIfUncertain(wire, name);
        wire.parse({ name, text });
        prepared.add(name);
        this.#parsedHere.push(name);
      }
      wire.bind({ portal: "", statement: name, values });
      wire.execute({ portal: "", rows: 0 });
    }
    if (this.name !== undefined && !this.hasBeenParsed(wire)) {
      this.#closeIfUncertain(wire, this.name);
      this.#parsedHere.push(this.name);
    }
    super.prepare(wire);
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#unread > 0) {
      this.#unread -= 1;
      return;
    }
    super.handleCommandComplete(message, wire);
  }

  override handleError(error: Error, wire: Wire): void {
    // The error does not say which of the statements parsed here the server kept.
    for (const name of this.#parsedHere) {
      setOf(preparedPreludes, wire).delete(name);
      delete wire.parsedStatements[name];
      delete wire.submittedNamedStatements[name];
      setOf(uncertainNames, wire).add(name);
    }
    super.handleError(error, wire);
  }

  #closeIfUncertain(wire: Wire, name: string): void {
    // Closing a name that does not exist is not an error.
    if (setOf(uncertainNames, wire).delete(name)) wire.close({ type: "S", name });
  }
}

/** Sends the preludes and the statement in one message and resolves with the statement's result. */
export function queryWithPrelude(
  client: pg.ClientBase,
  prelude: readonly Statement[],
  main: { name: string | undefined; text: string; values: readonly unknown[] },
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new PreludeQuery(prelude, main);
    query.callback = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));
    client.query(query as unknown as pg.Submittable);
  });
}
