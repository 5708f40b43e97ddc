import * as z from "zod/mini";
import type { Permission } from "./organization/permissions.ts";

/** Who may call: anybody, whoever is signed in, or whoever holds a permission. */
export type Access = "public" | "signed-in" | Permission;

type Schema = z.ZodMiniType;
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One call of the API, stated once: the server routes and checks by it, the web calls by it, and OpenAPI and the
 * generated tests are read from it. Paths are below /api/v1, parameters in braces.
 */
export type Endpoint = {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params: Schema;
  readonly query: Schema;
  /** JSON, or for "file" the multipart fields beside the file. */
  readonly body: Schema;
  /** "file": multipart/form-data with one part named `file`. */
  readonly accepts: "json" | "file";
  readonly status: 200 | 201 | 202 | 204;
  /** What comes back; null where the body is a file or empty. */
  readonly reply: Schema | null;
  /** Media type of a reply that is not JSON. */
  readonly replyType: string | null;
  /** An update: the caller says which version it saw, by If-Match or by `seenVersion` in the body. */
  readonly versioned: boolean;
};

const nothing = z.strictObject({});

type Shape = Partial<Omit<Endpoint, "path" | "method" | "summary" | "access">>;
type Part<S extends Shape, K extends "params" | "query" | "body"> = S[K] extends Schema ? S[K] : typeof nothing;

type Made<M extends Method, S extends Shape> = Endpoint & {
  readonly method: M;
  readonly params: Part<S, "params">;
  readonly query: Part<S, "query">;
  readonly body: Part<S, "body">;
  readonly reply: S["reply"] extends Schema ? S["reply"] : null;
};

/** Declares a call: `endpoint("GET", "/deals/{dealId}", "Read a deal", "deal.read", { params, reply })`. */
export function endpoint<M extends Method, const S extends Shape>(
  method: M,
  path: string,
  summary: string,
  access: Access,
  shape: S,
): Made<M, S> {
  return {
    method,
    path,
    summary,
    access,
    params: shape.params ?? nothing,
    query: shape.query ?? nothing,
    body: shape.body ?? nothing,
    accepts: shape.accepts ?? "json",
    status: shape.status ?? 200,
    reply: shape.reply ?? null,
    replyType: shape.replyType ?? null,
    versioned: shape.versioned ?? false,
  } as unknown as Made<M, S>;
}

export type ParamsOf<E extends Endpoint> = z.output<E["params"]>;
export type QueryOf<E extends Endpoint> = z.output<E["query"]>;
export type BodyOf<E extends Endpoint> = z.output<E["body"]>;
/** What a handler returns: the parsed reply drops whatever the contract does not declare. */
export type ReplyInput<E extends Endpoint> = E["reply"] extends Schema ? z.input<E["reply"]> : void;
/** What a caller receives. */
export type ReplyOf<E extends Endpoint> = E["reply"] extends Schema ? z.output<E["reply"]> : void;

/** Query parameters of every list: keyset pages of at most 200. */
export const pageQuery = {
  limit: z.optional(z.string().check(z.regex(/^([1-9]\d?|1\d\d|200)$/))),
  cursor: z.optional(z.string().check(z.maxLength(1000))),
};

/** One page of a list. `nextCursor` is null on the last page. */
export function page<Item extends Schema>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) });
}

/** Asks for how many there are: "capped" stops at 1,000 and is cheap, "exact" counts them all. */
export const countQuery = { count: z.optional(z.enum(["capped", "exact"])) };
export const countCap = 1000;

/** A page of a list that can be counted. `count` is null unless asked for; more than it exist where `countCapped`. */
export function countedPage<Item extends Schema>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.nullable(z.string()),
    count: z.nullable(z.int()),
    countCapped: z.boolean(),
  });
}
