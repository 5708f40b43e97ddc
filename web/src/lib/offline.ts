import { useEffect } from "react";
import { createStore, useStore } from "./store.ts";

/** online: requests get through; offline: none did for a while; back: online again, for a moment. */
export type Connection =
  | { readonly kind: "online" }
  | { readonly kind: "back" }
  | { readonly kind: "offline"; readonly since: Date };

/** Shorter gaps are nobody's business: a lift, a change of network. */
const patienceMs = 3000;
const probeMs = 5000;
const backMs = 5000;

const connection = createStore<Connection>({ kind: "online" });
let doubtSince: Date | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export const connectionStore: Pick<typeof connection, "get" | "subscribe"> = connection;

/** An answer came back, whatever it said. */
export function noteReachable(): void {
  if (doubtSince === null) return;
  doubtSince = null;
  clearTimeout(timer);
  if (connection.get().kind !== "offline") return;
  connection.set({ kind: "back" });
  timer = setTimeout(() => connection.set({ kind: "online" }), backMs);
}

/** A request got no answer. One alone says little: after three seconds without any, we are offline. */
export function noteUnreachable(): void {
  if (doubtSince !== null) return;
  doubtSince = new Date();
  clearTimeout(timer);
  timer = setTimeout(() => void probe(), patienceMs);
}

export function useIsOffline(): boolean {
  return useStore(connection).kind === "offline";
}

export function useConnection(): Connection {
  return useStore(connection);
}

/** Runs when the connection is back, for what could not be had without it. */
export function useRetryOnceBack(retry: () => unknown): void {
  const isBack = useConnection().kind === "back";
  useEffect(() => {
    if (isBack) retry();
  }, [isBack, retry]);
}

/** Watches the browser's own idea of the network; called once at start. */
export function watchNetwork(): void {
  addEventListener("offline", noteUnreachable);
  addEventListener("online", () => {
    if (doubtSince !== null) void probe();
  });
}

/** Asks the server whether it is there at all. */
export async function isReachable(): Promise<boolean> {
  return fetch("/healthz", { method: "HEAD", cache: "no-store" }).then(
    () => true,
    () => false,
  );
}

async function probe(): Promise<void> {
  clearTimeout(timer);
  if (await isReachable()) {
    noteReachable();
    return;
  }
  if (doubtSince === null) return;
  if (connection.get().kind !== "offline") connection.set({ kind: "offline", since: doubtSince });
  timer = setTimeout(() => void probe(), probeMs);
}
