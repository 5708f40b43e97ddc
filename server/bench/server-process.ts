import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { join } from "node:path";

export type ServerProcess = {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
};

/** Starts a program that reports `{ url }` to its parent once it listens. */
export function startProcess(
  script: string,
  env: Record<string, string>,
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, script), [...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`${script} ended with ${code} before it listened`)));
    child.once("message", (message) =>
      resolve({
        url: (message as { url: string }).url,
        pid: child.pid ?? 0,
        async stop() {
          child.kill("SIGTERM");
          await ended;
        },
      }),
    );
  });
}

export type Answer = { readonly status: number; readonly text: string };

/** A client that keeps its connections, with as little work of its own as possible. */
export function httpClient(
  base: string,
  connections: number,
): (method: string, path: string, token?: string, body?: unknown) => Promise<Answer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (method, path, token, body) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(payload === undefined
          ? {}
          : { "content-type": "application/json", "content-length": String(Buffer.byteLength(payload)) }),
      };
      const sent = request(new URL(path, base), { method, agent, headers }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }));
        reply.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(payload);
    });
}
