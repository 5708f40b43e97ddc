import { hintEvent, sessionChangedEvent, type Hint } from "@rainmaker/contracts/realtime";
import type * as SocketIo from "socket.io-client";
import { coalesce } from "./coalesce.ts";
import { whenIdle } from "./idle.ts";
import { invalidateAllLive, invalidateEntities } from "./query.ts";
import { currentToken, renewSession, sessionStore } from "./session.ts";
import { createStore, useStore } from "./store.ts";

/**
 * Keeps screens current. The server says only that an entity changed; every query that names it in `meta.entities`
 * asks again, and the database decides what its person may see. Make such queries with `liveQuery`.
 */
export type LiveStatus = { readonly kind: "connecting" | "live" | "offline"; readonly since: Date };

const status = createStore<LiveStatus>({ kind: "connecting", since: new Date() });
let socket: SocketIo.Socket | null = null;
let socketHolder: string | null = null;
let tokenIsSpent = false;

export function useLiveStatus(): LiveStatus {
  return useStore(status);
}

/** What a burst of hints about one entity costs: one request now, one after the window. */
const hintWindowMs = 300;

// Jitter, so that a thousand screens do not all ask in the same millisecond.
const refresh = coalesce<string>(
  (entity) => void invalidateEntities([entity]),
  () => hintWindowMs + Math.random() * hintWindowMs,
);

/** Connects whenever somebody is signed in; called once at start. */
export function keepLive(): void {
  sessionStore.subscribe(() => void follow());
  void follow();
}

async function follow(): Promise<void> {
  const session = sessionStore.get();
  const holder = session.kind === "signed-in" ? session.user.id : null;
  if (holder === socketHolder) return;
  socketHolder = holder;
  disconnect();
  if (holder === null) return;
  await whenIdle();
  const { io } = await import("socket.io-client");
  // Somebody else may have signed in while it loaded.
  if (socketHolder === holder) socket = connect(io);
}

function connect(io: typeof SocketIo.io): SocketIo.Socket {
  const made = io({
    transports: ["websocket"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    // Asked for at every attempt: by then the token may be a new one.
    auth: (give) => void renewIfNeeded().then((token) => give({ token: token ?? "" })),
  });
  let wasConnected = false;
  made.on("connect", () => {
    mark("live");
    if (wasConnected) void invalidateAllLive();
    wasConnected = true;
  });
  made.on(hintEvent, ({ entity }: Hint) => refresh(entity));
  made.on(sessionChangedEvent, () => mark("connecting"));
  made.on("disconnect", (reason) => {
    mark(reason === "io server disconnect" ? "connecting" : "offline");
    // The server closes a socket whose rights changed, and then waits for us to come back with a new token.
    if (reason === "io server disconnect") void comeBack(made);
  });
  made.on("connect_error", () => {
    mark("offline");
    // A refused handshake is not tried again by itself, unlike a lost connection.
    if (!made.active) setTimeout(() => void comeBack(made), 5000);
  });
  return made;
}

async function renewIfNeeded(): Promise<string | null> {
  const token = tokenIsSpent ? null : currentToken();
  tokenIsSpent = false;
  return token ?? renewSession().catch(() => null);
}

async function comeBack(made: SocketIo.Socket): Promise<void> {
  if (made !== socket) return;
  tokenIsSpent = true;
  made.connect();
}

function disconnect(): void {
  socket?.disconnect();
  socket = null;
  mark("connecting");
}

function mark(kind: LiveStatus["kind"]): void {
  if (status.get().kind !== kind) status.set({ kind, since: new Date() });
}
