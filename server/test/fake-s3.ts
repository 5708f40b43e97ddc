import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** As much of S3 as the storage uses, with objects in memory: path-style PUT, GET, HEAD and DELETE. */
export type FakeS3 = {
  readonly url: string;
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Requests that S3 would have refused, with the reason. */
  readonly refused: readonly string[];
  close(): Promise<void>;
};

export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const refused: string[] = [];
  const server = createServer((request, reply) => void answer(request, reply, objects, refused));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    objects,
    refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  reply: ServerResponse,
  objects: Map<string, Buffer>,
  refused: string[],
): Promise<void> {
  const key = decodeURIComponent(new URL(request.url ?? "/", "http://s3").pathname).slice(1);
  const refuse = (status: number, code: string): void => {
    refused.push(`${request.method} ${key}: ${code}`);
    reply.writeHead(status, { "content-type": "application/xml" }).end(`<Error><Code>${code}</Code></Error>`);
  };
  try {
    if (!(request.headers.authorization ?? "").startsWith("AWS4-HMAC-SHA256 ")) refuse(403, "AccessDenied");
    else if (request.method === "PUT") await put(request, reply, key, objects, refuse);
    else if (request.method === "DELETE") remove(reply, key, objects);
    else get(request, reply, objects.get(key), refuse);
  } catch {
    // The sender hung up: nothing is kept of it.
    reply.destroy();
  }
}

async function put(
  request: IncomingMessage,
  reply: ServerResponse,
  key: string,
  objects: Map<string, Buffer>,
  refuse: (status: number, code: string) => void,
): Promise<void> {
  const { headers } = request;
  const length = headers["x-amz-decoded-content-length"] ?? headers["content-length"];
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const sent = Buffer.concat(parts);
  const content = (headers["content-encoding"] ?? "").includes("aws-chunked") ? unframe(sent) : sent;
  // S3 takes no object whose length it is not told before.
  if (length === undefined) return refuse(411, "MissingContentLength");
  if (content.length !== Number(length)) return refuse(400, "IncompleteBody");
  objects.set(key, content);
  reply.writeHead(200, { etag: '"0"' }).end();
}

function remove(reply: ServerResponse, key: string, objects: Map<string, Buffer>): void {
  objects.delete(key);
  reply.writeHead(204).end();
}

function get(
  request: IncomingMessage,
  reply: ServerResponse,
  content: Buffer | undefined,
  refuse: (status: number, code: string) => void,
): void {
  if (content === undefined) return refuse(404, "NoSuchKey");
  reply.writeHead(200, { "content-length": content.length, "content-type": "application/octet-stream" });
  reply.end(request.method === "HEAD" ? undefined : content);
}

/** The content of a body in aws-chunked frames: length in hex, content, and checksums behind the last. */
function unframe(sent: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = sent.indexOf("\r\n", at);
    const length = Number.parseInt(sent.subarray(at, end).toString("latin1"), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(sent.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}
