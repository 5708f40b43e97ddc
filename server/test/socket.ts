import { hintEvent, type Hint } from "@rainmaker/contracts/realtime";
import { expect } from "vitest";

/** A browser's socket, seen from outside: Engine.IO 4 and Socket.IO 5 over the platform's own WebSocket. */
export type TestSocket = {
  /** Messages of events in the order they came: name and content, exactly as they were sent. */
  readonly messages: readonly [name: string, content: unknown][];
  hints(): Hint[];
  isClosed(): boolean;
  close(): void;
};

const patience = { timeout: 10_000, interval: 10 };

/** Opens a socket with this token. @throws Error with the server's reason where it is refused */
export function openSocket(url: string, auth: Record<string, unknown>): Promise<TestSocket> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  const messages: [string, unknown][] = [];
  const hints = (): Hint[] => messages.filter(([name]) => name === hintEvent).map(([, content]) => content as Hint);
  const opened: TestSocket = {
    messages,
    hints,
    isClosed: () => socket.readyState === WebSocket.CLOSED,
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener("close", () => reject(new Error("closed")));
    socket.addEventListener("message", ({ data }) => {
      const text = String(data);
      if (text.startsWith("0")) socket.send(`40${JSON.stringify(auth)}`);
      else if (text === "2") socket.send("3");
      else if (text.startsWith("40")) resolve(opened);
      else if (text.startsWith("44")) reject(new Error(JSON.parse(text.slice(2)).message));
      else if (text.startsWith("42")) messages.push(JSON.parse(text.slice(2)));
      // The namespace is left: clients close then.
      else if (text.startsWith("41") || text.startsWith("1")) socket.close();
    });
  });
}

/** Waits until a hint about this record has come. */
export async function expectHint(socket: TestSocket, entity: string, id: string | null): Promise<Hint> {
  const find = (): Hint | undefined => socket.hints().find((hint) => hint.entity === entity && hint.id === id);
  await expect.poll(find, patience).toBeDefined();
  return find() as Hint;
}

export async function expectClosed(socket: TestSocket): Promise<void> {
  await expect.poll(() => socket.isClosed(), patience).toBe(true);
}
