import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Endpoint } from "@rainmaker/contracts/endpoint";
import { Problem } from "@rainmaker/contracts/problem";
import fastifyStatic from "@fastify/static";
import * as z from "zod/mini";
import { apiPrefix, type Http } from "./http/types.ts";

type JsonSchema = Record<string, unknown>;

/** OpenAPI 3.1 of everything that is served, from the same contracts that check the requests. */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = apiPrefix + endpoint.path;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Rainmaker API",
      version,
      description:
        "Money is {amount, currency} with exact decimals. Updates take If-Match with the version you saw. POST takes an Idempotency-Key.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: {
      securitySchemes: { accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: schemaOf(Problem, "output") },
      responses: {
        Problem: {
          description: "Refused, with the reason",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
    security: [{ accessToken: [] }],
  };
}

function operationOf(endpoint: Endpoint): JsonSchema {
  const permission =
    endpoint.access === "public" || endpoint.access === "signed-in"
      ? ""
      : `Needs the permission \`${endpoint.access}\`.`;
  return {
    operationId: operationIdOf(endpoint),
    summary: endpoint.summary,
    ...(permission === "" ? {} : { description: permission }),
    tags: [endpoint.path.split("/")[1]],
    ...(endpoint.access === "public" ? { security: [] } : {}),
    parameters: [
      ...parametersOf(endpoint.params, "path"),
      ...parametersOf(endpoint.query, "query"),
      ...headersOf(endpoint),
    ],
    ...bodyOf(endpoint),
    responses: { [endpoint.status]: replyOf(endpoint), default: { $ref: "#/components/responses/Problem" } },
  };
}

/** "POST /deals/{dealId}/submit" is postDealsSubmit. */
export function operationIdOf({ method, path }: Endpoint): string {
  const words = path
    .split("/")
    .filter((part) => part !== "")
    .flatMap((part) => (part.startsWith("{") ? [`by-${part.slice(1, -1)}`] : [part]));
  return [method.toLowerCase(), ...words]
    .join("-")
    .replaceAll(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function parametersOf(schema: Endpoint["params"], place: "path" | "query"): JsonSchema[] {
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: inner,
  }));
}

function headersOf(endpoint: Endpoint): JsonSchema[] {
  const header = (name: string, description: string): JsonSchema => ({
    name,
    in: "header",
    required: false,
    description,
    schema: { type: "string" },
  });
  return [
    ...(endpoint.versioned
      ? [header("If-Match", 'The version you saw, in quotes: "3"; or seenVersion in the body')]
      : []),
    ...(endpoint.method === "POST" && endpoint.access !== "public" && endpoint.replyType === null
      ? [header("Idempotency-Key", "The same key and body get the same answer for 30 days")]
      : []),
  ];
}

function bodyOf(endpoint: Endpoint): JsonSchema {
  if (endpoint.method === "GET" || endpoint.method === "DELETE") return {};
  const schema = schemaOf(endpoint.body, "input");
  if (endpoint.accepts === "json") {
    const isOptional = !("required" in schema) && !("oneOf" in schema);
    return { requestBody: { required: !isOptional, content: { "application/json": { schema } } } };
  }
  const { properties = {}, required = [] } = schema as { properties?: Record<string, unknown>; required?: string[] };
  const multipart = {
    type: "object",
    properties: { ...properties, file: { type: "string", format: "binary" } },
    required: [...required, "file"],
  };
  return { requestBody: { required: true, content: { "multipart/form-data": { schema: multipart } } } };
}

function replyOf(endpoint: Endpoint): JsonSchema {
  if (endpoint.replyType !== null)
    return {
      description: endpoint.summary,
      content: { [endpoint.replyType]: { schema: { type: "string", format: "binary" } } },
    };
  if (endpoint.reply === null) return { description: "Done" };
  return {
    description: endpoint.summary,
    content: { "application/json": { schema: schemaOf(endpoint.reply, "output") } },
  };
}

function schemaOf(schema: z.core.$ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io }) as JsonSchema & { $schema?: string };
  return made;
}

const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rainmaker API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>`;

const docsScript = `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, docExpansion: "none", tryItOutEnabled: false });`;

/** /openapi.json, and a page to read it at /docs. */
export async function serveDocs(http: Http): Promise<void> {
  const { app } = http;
  let document: string | undefined;
  app.get("/openapi.json", async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(http.endpoints, "1"));
    return reply.type("application/json; charset=utf-8").send(document);
  });
  await app.register(async (docs) => {
    const root = dirname(createRequire(join(import.meta.dirname, "x.js")).resolve("swagger-ui-dist/package.json"));
    await docs.register(fastifyStatic, {
      root,
      prefix: "/docs/",
      index: false,
      allowedPath: (path) => path === "/swagger-ui.css" || path === "/swagger-ui-bundle.js",
    });
    docs.get("/docs", async (_request, reply) => reply.type("text/html; charset=utf-8").send(docsPage));
    docs.get("/docs/start.js", async (_request, reply) =>
      reply.type("text/javascript; charset=utf-8").send(docsScript),
    );
  });
}
