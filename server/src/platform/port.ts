import type { Context } from "./context.ts";

type Implementation<Input, Output> = (ctx: Context, input: Input) => Promise<Output>;

/**
 * A question a module puts to whoever is to its right, without knowing them: they implement it, processes/ connects
 * them, it runs in the asker's transaction. Anything that may happen after commit is an event instead.
 */
export type Port<Input, Output> = {
  readonly name: string;
  /** Asks all implementations, one after another in the order of the modules. */
  ask(ctx: Context, input: Input): Promise<Output[]>;
  /** @internal for connectPorts */
  connect(implementation: Implementation<Input, Output>): void;
  /** @internal for connectPorts */
  disconnect(): void;
};

/** A module's answer to a port, listed in its `provides`. */
export type Provided = { readonly connect: () => void; readonly disconnect: () => void };

export function port<Input, Output = void>(name: string): Port<Input, Output> {
  const implementations: Implementation<Input, Output>[] = [];
  return {
    name,
    async ask(ctx, input) {
      const answers: Output[] = [];
      for (const implementation of implementations) answers.push(await implementation(ctx, input));
      return answers;
    },
    connect: (implementation) => void implementations.push(implementation),
    disconnect: () => void implementations.splice(0),
  };
}

export function implement<Input, Output>(
  asked: Port<Input, Output>,
  implementation: Implementation<Input, Output>,
): Provided {
  return { connect: () => asked.connect(implementation), disconnect: () => asked.disconnect() };
}
