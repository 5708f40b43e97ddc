import type { MultipartFile } from "@fastify/multipart";
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyInput } from "@rainmaker/contracts/endpoint";
import type { EventOf, EventType } from "@rainmaker/contracts/events";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import type { Context, Origin } from "../context.ts";
import { permissionMissing } from "../context.ts";
import { Refusal } from "../errors.ts";
import { sniffType } from "../file-type.ts";
import type { Stored } from "../storage.ts";
import { inRead, inTransaction, type Caller, type Workplace } from "../tenant.ts";
import { claimKey, keyedRequest, rememberAnswer, type KeyedRequest } from "./idempotency.ts";
import { parseInput, parseParams, requireSeenVersion, seenVersionOf } from "./request.ts";
import { apiPrefix, originOf, type Http, type Session } from "./types.ts";

/** What a call says beside its parameters and body. */
export type Asked = {
  /** The version the caller saw; never undefined where the contract is versioned. */
  readonly seenVersion: number | undefined;
};

export type Upload = Stored & {
  /** As the uploader called it, without folders. */
  readonly name: string;
  /** Media type found in the content. */
  readonly type: string;
};

export type Download = {
  readonly content: Readable | Buffer;
  readonly type: string;
  readonly name: string;
  /** Shown in the page rather than saved; only types that cannot run anything. */
  readonly inline: boolean;
};

/** What a public call works with: nobody is signed in. */
export type Outside = {
  readonly workplace: Workplace;
  readonly origin: Origin;
  readonly now: Date;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
};

type Write<E extends Endpoint> = (
  ctx: Context,
  params: ParamsOf<E>,
  body: BodyOf<E>,
  asked: Asked,
) => Promise<ReplyInput<E>>;
type Read<E extends Endpoint> = (ctx: Context, params: ParamsOf<E>, query: QueryOf<E>) => Promise<ReplyInput<E>>;

type WriteOptions<E extends Endpoint> = {
  /** The entry of the audit log for a refused attempt, written in its own transaction. */
  readonly onRefusal?: (refusal: Refusal, params: ParamsOf<E>) => EventOf<EventType> | null;
};

/** Serves a write: one transaction, with the caller's sight, idempotent by key. */
export function serve<E extends Endpoint>(
  http: Http,
  contract: E,
  handle: Write<E>,
  options: WriteOptions<E> = {},
): void {
  route(http, contract, async (request, reply) => {
    const { caller, params, body, asked } = readWrite(http, contract, request);
    const key = keyOf(contract, request, body, undefined);
    try {
      const answer = await answerOnce(http, caller, key, contract, (ctx) => handle(ctx, params, body, asked));
      return send(reply, contract, answer.status, answer.reply);
    } catch (error) {
      const entry = error instanceof Refusal ? options.onRefusal?.(error, params) : null;
      if (entry !== null && entry !== undefined)
        await inTransaction(http.workplace, caller, async (ctx) => ctx.emit(entry));
      throw error;
    }
  });
}

/** Serves a read. "statement" for one statement, "snapshot" where several have to agree. */
export function serveRead<E extends Endpoint>(
  http: Http,
  contract: E,
  consistency: "statement" | "snapshot",
  handle: Read<E>,
): void {
  route(http, contract, async (request, reply) => {
    const caller = callerOf(http, contract, request);
    const params = parseParams(contract.params, request.params) as ParamsOf<E>;
    const query = parseInput(contract.query, request.query) as QueryOf<E>;
    const result = await inRead(http.workplace, caller, consistency, (ctx) => handle(ctx, params, query));
    return send(reply, contract, contract.status, result);
  });
}

type UploadOptions<Inspected> = {
  readonly folder: string;
  readonly maxBytes: number;
  readonly checkType?: (type: string) => void;
  /** Looks into the file before the transaction starts. */
  readonly inspect?: (upload: Upload) => Promise<Inspected>;
};

/**
 * Serves an upload: the file is streamed into storage before the transaction starts, and taken out again where the
 * transaction refuses.
 */
export function serveUpload<E extends Endpoint, Inspected = undefined>(
  http: Http,
  contract: E,
  options: UploadOptions<Inspected>,
  handle: (
    ctx: Context,
    params: ParamsOf<E>,
    body: BodyOf<E>,
    upload: Upload,
    inspected: Inspected,
  ) => Promise<ReplyInput<E>>,
): void {
  route(http, contract, async (request, reply) => {
    const caller = callerOf(http, contract, request);
    const params = parseParams(contract.params, request.params) as ParamsOf<E>;
    const { upload, fields } = await receive(http, request, options);
    try {
      options.checkType?.(upload.type);
      const body = parseInput(contract.body, fields) as BodyOf<E>;
      const inspected = (await options.inspect?.(upload)) as Inspected;
      const key = keyOf(contract, request, body, upload.sha256);
      const answer = await answerOnce(http, caller, key, contract, (ctx) =>
        handle(ctx, params, body, upload, inspected),
      );
      if (answer.repeated) await http.storage.remove(upload.key);
      return await send(reply, contract, answer.status, answer.reply);
    } catch (error) {
      await http.storage.remove(upload.key).catch(() => {});
      throw error;
    }
  });
}

/**
 * Serves a write that takes several transactions, because it reads a file between them. It is not idempotent by key:
 * what it writes is the same each time.
 */
export function serveSteps<E extends Endpoint>(
  http: Http,
  contract: E,
  handle: (caller: Caller, params: ParamsOf<E>, body: BodyOf<E>) => Promise<ReplyInput<E>>,
): void {
  route(http, contract, async (request, reply) => {
    const { caller, params, body } = readWrite(http, contract, request);
    return send(reply, contract, contract.status, shape(contract, await handle(caller, params, body)));
  });
}

/**
 * Serves a file or text. The handler decides within the caller's sight; the content streams after it. A POST makes a
 * file whose content writes before its first piece; it is not idempotent by key, because each file is one more.
 */
export function serveDownload<E extends Endpoint>(
  http: Http,
  contract: E,
  handle: (ctx: Context, params: ParamsOf<E>, query: QueryOf<E>) => Promise<Download>,
): void {
  route(http, contract, async (request, reply) => {
    const caller = callerOf(http, contract, request);
    const params = parseParams(contract.params, request.params) as ParamsOf<E>;
    const query = parseInput(contract.query, request.query) as QueryOf<E>;
    if (contract.method !== "GET") parseInput(contract.body, request.body ?? {});
    const { content, type, name, inline } = await inRead(http.workplace, caller, "snapshot", (ctx) =>
      handle(ctx, params, query),
    );
    const fallback = name.replaceAll(/[^\w. -]/g, "_");
    return reply
      .header(
        "content-disposition",
        `${inline ? "inline" : "attachment"}; filename="${fallback}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      )
      .header("content-security-policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'")
      .header("x-content-type-options", "nosniff")
      .header("cache-control", "private, no-store")
      .type(type)
      .send(content);
  });
}

/** Serves a call before sign-in. It has no transaction of its own: there is no organization yet. */
export function servePublic<E extends Endpoint>(
  http: Http,
  contract: E,
  handle: (outside: Outside, params: ParamsOf<E>, body: BodyOf<E>) => Promise<ReplyInput<E>>,
): void {
  route(http, contract, async (request, reply) => {
    const params = parseParams(contract.params, request.params) as ParamsOf<E>;
    const body = parseInput(contract.body, request.body ?? {}) as BodyOf<E>;
    const outside = { workplace: http.workplace, origin: originOf(request), now: http.clock(), request, reply };
    const result = await handle(outside, params, body);
    return send(reply, contract, contract.status, result);
  });
}

function route(
  http: Http,
  contract: Endpoint,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  http.endpoints.push(contract);
  const url = apiPrefix + contract.path.replaceAll(/\{(\w+)\}/g, ":$1");
  // PUT is accepted wherever PATCH is.
  const method: Endpoint["method"][] = contract.method === "PATCH" ? ["PATCH", "PUT"] : [contract.method];
  http.app.route({ method, url, handler });
}

/** 401 without a session, 403 without the permission: said before anything of the request is looked at. */
function callerOf(http: Http, contract: Endpoint, request: FastifyRequest): Caller {
  const session: Session | null = request.caller;
  if (session === null) {
    throw new Refusal(
      "unauthorized",
      "not_signed_in",
      "Sign in first: the access token is missing, expired or no longer valid",
    );
  }
  const { access } = contract;
  if (access !== "public" && access !== "signed-in" && !session.actor.grants.has(access))
    throw permissionMissing(access);
  return { ...session, now: http.clock(), origin: originOf(request) };
}

function readWrite<E extends Endpoint>(
  http: Http,
  contract: E,
  request: FastifyRequest,
): { caller: Caller; params: ParamsOf<E>; body: BodyOf<E>; asked: Asked } {
  const caller = callerOf(http, contract, request);
  const params = parseParams(contract.params, request.params) as ParamsOf<E>;
  const body = parseInput(contract.body, request.body ?? {}) as BodyOf<E>;
  const seenVersion = seenVersionOf(request.headers["if-match"], body);
  if (contract.versioned) requireSeenVersion(seenVersion);
  return { caller, params, body, asked: { seenVersion } };
}

function keyOf(
  contract: Endpoint,
  request: FastifyRequest,
  body: unknown,
  fileHash: Buffer | undefined,
): KeyedRequest | undefined {
  const header = request.headers["idempotency-key"];
  if (contract.method !== "POST") return undefined;
  return keyedRequest(
    Array.isArray(header) ? header.join() : header,
    `${contract.method} ${request.url}`,
    body,
    fileHash,
  );
}

type Answered = { readonly status: number; readonly reply: unknown; readonly repeated: boolean };

/** Runs the command in its transaction; a request that was answered before gets the same answer and changes nothing. */
async function answerOnce(
  http: Http,
  caller: Caller,
  key: KeyedRequest | undefined,
  contract: Endpoint,
  run: (ctx: Context) => Promise<unknown>,
): Promise<Answered> {
  return inTransaction<Answered>(
    http.workplace,
    caller,
    async (ctx) => {
      const stored = key === undefined ? undefined : await claimKey(ctx, key);
      if (stored !== undefined) return { ...stored, repeated: true };
      return { status: contract.status, reply: shape(contract, await run(ctx)), repeated: false };
    },
    (handle, answer) => {
      if (key !== undefined && !answer.repeated) rememberAnswer(handle, caller, key, answer);
    },
  );
}

/** Only what the contract declares leaves. A reply that breaks it is a bug, found before anything is committed. */
function shape(contract: Endpoint, result: unknown): unknown {
  return contract.reply === null ? undefined : contract.reply.parse(result);
}

function send(reply: FastifyReply, contract: Endpoint, status: number, result: unknown): FastifyReply {
  if (contract.reply === null) return reply.status(status).send();
  const body = contract.method === "GET" || contract.access === "public" ? shape(contract, result) : result;
  if (typeof body === "object" && body !== null && "version" in body) reply.header("etag", `"${String(body.version)}"`);
  return reply.status(status).header("cache-control", "private, no-store").send(body);
}

async function receive(
  http: Http,
  request: FastifyRequest,
  { folder, maxBytes }: UploadOptions<unknown>,
): Promise<{ upload: Upload; fields: Record<string, unknown> }> {
  if (!request.isMultipart()) {
    throw new Refusal(
      "unsupported",
      "unsupported_media_type",
      "Send multipart/form-data with the file in a part named file",
    );
  }
  const fields: Record<string, unknown> = {};
  let upload: Upload | undefined;
  try {
    for await (const part of request.parts({
      limits: { fileSize: maxBytes + 1, files: 1, fields: 20, fieldSize: 20_000 },
    })) {
      if (part.type === "field") fields[part.fieldname] = part.value;
      else if (part.fieldname === "file" && upload === undefined) upload = await keep(http, part, folder, maxBytes);
      else throw new Refusal("invalid", "invalid_request", "Send one file, in a part named file");
    }
  } catch (error) {
    if (upload !== undefined) await http.storage.remove(upload.key).catch(() => {});
    throw isBrokenMultipart(error) ? new Refusal("unreadable", "not_readable", "The upload is not well-formed") : error;
  }
  if (upload === undefined) {
    throw new Refusal("invalid", "invalid_request", "file: This is required", {
      errors: [{ path: "file", code: "required", message: "This is required" }],
    });
  }
  return { upload, fields };
}

/** The parser of multipart bodies throws plain errors that only their words tell from others. */
function isBrokenMultipart(error: unknown): boolean {
  return error instanceof Error && !("code" in error) && /multipart|part header/i.test(error.message);
}

async function keep(http: Http, part: MultipartFile, folder: string, maxBytes: number): Promise<Upload> {
  const stored = await http.storage.store(folder, part.file, maxBytes);
  const name = part.filename.split(/[\\/]/).at(-1)?.replaceAll("\0", "").slice(0, 200).trim();
  return { ...stored, name: name === undefined || name === "" ? "file" : name, type: sniffType(stored.head) };
}
