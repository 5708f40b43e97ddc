import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { logout, refreshSession, type Session, type User } from "@rainmaker/contracts/organization/sessions";
import { call, provideAccess } from "./api.ts";
import { ApiProblem } from "./api-problem.ts";
import { createStore, useStore } from "./store.ts";

/**
 * Who is signed in. The access token lives in this module's memory only; the refresh token is a cookie no script can
 * read. Other tabs hear of a sign-in and a sign-out, so that no tab shows what its person may no longer see.
 */
export type SessionState =
  | { readonly kind: "restoring" }
  | { readonly kind: "signed-out"; readonly ended: boolean }
  | { readonly kind: "signed-in"; readonly user: User };

const state = createStore<SessionState>({ kind: "restoring" });
let accessToken: string | null = null;
let renewTimer: ReturnType<typeof setTimeout> | undefined;
let renewing: Promise<string | null> | null = null;

const marker = "rainmaker.signed-in";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("rainmaker-session");
/** Renewed this long before it expires, so that a request on the way does not meet the end of its token. */
const leadMs = 60_000;

export const sessionStore: Pick<typeof state, "get" | "subscribe"> = state;

provideAccess({ token: currentToken, renew: renewSession });

/** Signs in with what the server has just answered to a sign-in, a registration or an accepted invitation. */
export function startSession(session: Session): void {
  accept(session);
  tellOtherTabs("signed-in");
}

/**
 * Takes up the session of the cookie, on load. Without the marker there is none, and no request is made.
 * @throws Offline where the server cannot be asked: the session may well be alive
 */
export async function restoreSession(): Promise<SessionState> {
  if (state.get().kind !== "restoring") return state.get();
  if (mayBeSignedIn()) await renewSession();
  else leave(false);
  return state.get();
}

/** Signs out here and in all tabs. The screen is cleared even where the server cannot be told. */
export async function endSession(): Promise<void> {
  await call(logout).catch(() => undefined);
  leave(false);
  tellOtherTabs("signed-out");
}

/**
 * Exchanges the refresh cookie for a new access token: once at a time in this tab, and by a lock once at a time in all
 * tabs, because a refresh token that is used twice looks like theft.
 * @returns the token, or null where the session has ended
 */
export function renewSession(): Promise<string | null> {
  renewing ??= alone(exchange).finally(() => {
    renewing = null;
  });
  return renewing;
}

/** Hears of sign-ins and sign-outs in other tabs; called once at start. */
export function watchOtherTabs(): void {
  channel?.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (data === "signed-out") leave(false);
    // Perhaps as somebody else: the cookie is theirs now.
    if (data === "signed-in") void renewSession().catch(() => undefined);
  });
  // Timers sleep with the computer.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && Date.now() > renewAt) void renewIfSignedIn();
  });
}

export function currentToken(): string | null {
  return accessToken;
}

export function useSession(): SessionState {
  return useStore(state);
}

/** The signed-in person. Only for what is shown behind the sign-in. */
export function useUser(): User {
  const current = useStore(state);
  if (current.kind !== "signed-in") throw new Error("Nobody is signed in");
  return current.user;
}

export function useCan(permission: Permission): boolean {
  const current = useStore(state);
  return current.kind === "signed-in" && can(current.user, permission);
}

export function can(user: Pick<User, "permissions">, permission: Permission): boolean {
  return user.permissions.includes(permission);
}

let renewAt = Number.POSITIVE_INFINITY;

async function exchange(): Promise<string | null> {
  try {
    const session = await call(refreshSession);
    accept(session);
    return session.accessToken;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
    leave(true);
    return null;
  }
}

function accept({ accessToken: token, expiresIn, user }: Session): void {
  accessToken = token;
  const wait = Math.max(expiresIn * 1000 - leadMs, 1000);
  renewAt = Date.now() + wait;
  clearTimeout(renewTimer);
  renewTimer = setTimeout(() => void renewIfSignedIn(), wait);
  writeMarker(true);
  state.set({ kind: "signed-in", user });
}

function leave(ended: boolean): void {
  accessToken = null;
  renewAt = Number.POSITIVE_INFINITY;
  clearTimeout(renewTimer);
  writeMarker(false);
  state.set({ kind: "signed-out", ended });
}

async function renewIfSignedIn(): Promise<void> {
  // Offline the next request tries again.
  if (state.get().kind === "signed-in") await renewSession().catch(() => null);
}

function tellOtherTabs(what: "signed-in" | "signed-out"): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin only
  channel?.postMessage(what);
}

function alone<T>(work: () => Promise<T>): Promise<T> {
  // Locks exist on secure origins only; elsewhere the server's grace for a just-rotated token has to do.
  const locks = navigator.locks as LockManager | null | undefined;
  return locks == null ? work() : locks.request("rainmaker-session", work);
}

/** Whether there is a session to restore; the server has the last word. */
export function mayBeSignedIn(): boolean {
  try {
    return localStorage.getItem(marker) !== null;
  } catch {
    return true;
  }
}

function writeMarker(isSignedIn: boolean): void {
  try {
    if (isSignedIn) localStorage.setItem(marker, "1");
    else localStorage.removeItem(marker);
  } catch {
    // Storage is switched off: the next load asks the server instead.
  }
}
