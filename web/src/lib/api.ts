import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from "@rainmaker/contracts/endpoint";
import { Offline, problemIn } from "./api-problem.ts";
import { noteReachable, noteUnreachable } from "./offline.ts";

/** How a request proves who sends it; the session provides this. */
export type Access = {
  /** The access token, null while nobody is signed in. */
  token(): string | null;
  /** A new access token, or null where the session has ended. */
  renew(): Promise<string | null>;
};

let access: Access = { token: () => null, renew: async () => null };

export function provideAccess(provided: Access): void {
  access = provided;
}

// A part is required where the contract's schema of it does not accept an empty object.
type Part<Name extends string, T> = {} extends T ? { readonly [K in Name]?: T } : { readonly [K in Name]: T };

/** What a call needs, read from its contract. */
export type InputOf<E extends Endpoint> = Part<"params", ParamsOf<E>> &
  Part<"query", QueryOf<E>> &
  Part<"body", BodyOf<E>> & {
    /** The version the caller saw, where the contract is an update. */
    readonly seenVersion?: number;
    /** Where the contract accepts a file. */
    readonly file?: File;
    /** One for each intent; given where a person may send the same intent twice. */
    readonly idempotencyKey?: string;
    readonly signal?: AbortSignal;
  };

type Arguments<E extends Endpoint> = {} extends InputOf<E> ? [input?: InputOf<E>] : [input: InputOf<E>];

/**
 * Calls the API as its contract says.
 * @throws ApiProblem where the server refuses, Offline where it cannot be reached
 */
export async function call<E extends Endpoint>(contract: E, ...[input]: Arguments<E>): Promise<ReplyOf<E>> {
  const response = await send(contract, input as LooseInput | undefined);
  return (response.status === 204 || contract.reply === null ? undefined : await response.json()) as ReplyOf<E>;
}

export type Download = { readonly blob: Blob; readonly name: string | null };

/** Fetches a file: its address alone is not enough, because file routes want the token in a header. */
export async function callForFile<E extends Endpoint>(contract: E, ...[input]: Arguments<E>): Promise<Download> {
  const response = await send(contract, input as LooseInput | undefined);
  const disposition = response.headers.get("content-disposition") ?? "";
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1];
  return { blob: await response.blob(), name: encoded === undefined ? (plain ?? null) : decodeURIComponent(encoded) };
}

/** The address of a call below this origin, with parameters and query filled in. */
export function pathOf(
  contract: Pick<Endpoint, "path">,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(params[name])));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, textOf(value)]])),
  ).toString();
  return `/api/v1${path}${search === "" ? "" : `?${search}`}`;
}

/** Strings as they are; numbers, truth and lists as JSON. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A random UUID; crypto.randomUUID exists on secure origins only, and a test server on the local network is none. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type LooseInput = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly seenVersion?: number;
  readonly file?: File;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
};

async function send(contract: Endpoint, input: LooseInput = {}): Promise<Response> {
  const path = pathOf(contract, input.params, input.query);
  const headers = headersOf(contract, input);
  const body = bodyOf(contract, input);
  const attempt = async (token: string | null): Promise<Response> => {
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    return reach(path, { method: contract.method, headers, body, signal: input.signal ?? null });
  };
  let response = await attempt(access.token());
  if (response.status === 401 && contract.access !== "public") {
    const token = await access.renew();
    // The same headers again, Idempotency-Key included: should the first try have counted after all, it counts once.
    if (token !== null) response = await attempt(token);
  }
  if (!response.ok) throw await problemIn(response);
  return response;
}

function headersOf(contract: Endpoint, input: LooseInput): Headers {
  const headers = new Headers({ accept: contract.replyType ?? "application/json" });
  if (contract.accepts === "json" && hasBody(contract)) headers.set("content-type", "application/json");
  if (contract.method === "POST" && !contract.path.startsWith("/auth/")) {
    headers.set("idempotency-key", input.idempotencyKey ?? newKey());
  }
  if (input.seenVersion !== undefined) headers.set("if-match", `"${input.seenVersion}"`);
  return headers;
}

function hasBody({ method }: Endpoint): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}

function bodyOf(contract: Endpoint, { body = {}, file }: LooseInput): BodyInit | null {
  if (!hasBody(contract)) return null;
  if (contract.accepts === "json") return JSON.stringify(body);
  const form = new FormData();
  // Fields before the file: the server reads the stream once, in order.
  for (const [name, value] of Object.entries(body)) if (value != null) form.append(name, textOf(value));
  if (file !== undefined) form.append("file", file, file.name);
  return form;
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { ...init, credentials: "same-origin" });
    noteReachable();
    return response;
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    noteUnreachable();
    throw new Offline();
  }
}
