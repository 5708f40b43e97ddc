import cookie from "@fastify/cookie";
import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import rateLimit from "@fastify/rate-limit";
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { v7 as uuidv7 } from "uuid";
import { securityHeaders } from "./http/headers.ts";
import { toAnswer } from "./http/problem.ts";
import type { Authenticate, Http } from "./http/types.ts";
import type { Config } from "./config.ts";
import { Refusal } from "./errors.ts";
import type { Storage } from "./storage.ts";
import type { Workplace } from "./tenant.ts";

export { apiPrefix, type Authenticate, type Http, type Session } from "./http/types.ts";
export { serveUnknown } from "./http/unknown.ts";
export { requireSeenVersion } from "./http/request.ts";
export {
  serve,
  serveDownload,
  servePublic,
  serveRead,
  serveSteps,
  serveUpload,
  type Asked,
  type Outside,
  type Upload,
} from "./http/serve.ts";

export type HttpOptions = {
  readonly config: Config;
  readonly workplace: Workplace;
  readonly storage: Storage;
  readonly authenticate: Authenticate;
  readonly clock: () => Date;
  readonly logger: FastifyBaseLogger;
};

/** Makes the HTTP server with everything that holds for every route; the modules add theirs. */
export async function openHttp({
  config,
  workplace,
  storage,
  authenticate,
  clock,
  logger,
}: HttpOptions): Promise<Http> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => uuidv7(),
    trustProxy: config.TRUST_PROXY,
    bodyLimit: 1_000_000,
    forceCloseConnections: "idle",
    // A megabyte of path is not a path.
    routerOptions: { maxParamLength: 300 },
    // What fails before there is a route, such as an address that cannot be decoded, runs through no hook.
    frameworkErrors: (error, request, reply) =>
      void answerError(error, request, reply.header("x-request-id", request.id)),
  }) as unknown as FastifyInstance;
  app.decorateRequest("caller", null);
  readEmptyBodies(app);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(async () => {
    throw new Refusal("not_found", "not_found", "There is nothing at this address");
  });
  let isClosing = false;
  app.addHook("preClose", async () => {
    isClosing = true;
  });
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-request-id", request.id);
    // A connection that is kept for later would hold up the stop long after its last answer.
    if (isClosing) reply.header("connection", "close");
  });
  await app.register(helmet, securityHeaders(config));
  await app.register(cookie);
  await app.register(multipart, { throwFileSizeLimit: true });
  // Closed unless configured: without the plugin no other origin gets a header.
  if (config.CORS_ORIGINS.length > 0) {
    await app.register(cors, {
      origin: [...config.CORS_ORIGINS],
      credentials: true,
      exposedHeaders: ["x-request-id", "etag", "retry-after"],
    });
  }
  app.addHook("onRequest", async (request) => {
    const token = bearerOf(request);
    request.caller = token === undefined ? null : await authenticate(token);
  });
  await limitRate(app, config);
  return { app, config, workplace, storage, clock, endpoints: [] };
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, problem, retryAfter } = toAnswer(error, request.id);
  if (status >= 500) request.log.error({ err: error, requestId: request.id, url: request.url }, "request failed");
  if (retryAfter !== undefined) reply.header("retry-after", retryAfter);
  return reply.status(status).type("application/problem+json").send(problem);
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/.exec(request.headers.authorization ?? "")?.[1];
}

/** A POST without a body is an empty object: `POST /deals/{id}/submit` needs none. */
function readEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.trim() === "") return done(null, {});
    return parse(request, body, done);
  });
}

async function limitRate(app: FastifyInstance, config: Config): Promise<void> {
  if (config.RATE_LIMIT === 0) return;
  await app.register(rateLimit, {
    max: config.RATE_LIMIT,
    timeWindow: 60_000,
    hook: "preParsing",
    enableDraftSpec: true,
    keyGenerator: (request) => request.caller?.actor.memberId ?? `address:${request.ip}`,
    allowList: (request) => !request.url.startsWith("/api/"),
    errorResponseBuilder: (_request, context) =>
      new Refusal(
        "limited",
        "rate_limited",
        `More than ${context.max} requests in a minute; wait ${Math.ceil(context.ttl / 1000)} s`,
        {
          retryAfter: Math.ceil(context.ttl / 1000),
        },
      ),
  });
}
