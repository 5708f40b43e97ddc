import type { BodyOf, Endpoint, ParamsOf, ReplyOf } from "@rainmaker/contracts/endpoint";
import { pathOf } from "./api.ts";
import { Offline, problemIn } from "./api-problem.ts";
import { noteReachable, noteUnreachable } from "./offline.ts";
import { currentToken, renewSession } from "./session.ts";

type UploadInput<E extends Endpoint> = {
  readonly params?: ParamsOf<E>;
  readonly body: BodyOf<E>;
  readonly file: File;
  readonly idempotencyKey: string;
  /** 0 to 1, of the file's bytes that have left. */
  readonly onProgress: (share: number) => void;
  readonly signal?: AbortSignal;
};

/**
 * Calls the API with a large file and says how far it is; `call` cannot, because fetch does not tell.
 * @throws ApiProblem where the server refuses, Offline where it cannot be reached, AbortError where it was cancelled
 */
export async function upload<E extends Endpoint>(contract: E, input: UploadInput<E>): Promise<ReplyOf<E>> {
  let response = await send(contract, input, currentToken());
  if (response.status === 401) {
    const token = await renewSession();
    if (token !== null) response = await send(contract, input, token);
  }
  if (!response.ok) throw await problemIn(response);
  return (await response.json()) as ReplyOf<E>;
}

function send<E extends Endpoint>(contract: E, input: UploadInput<E>, token: string | null): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const request = new XMLHttpRequest();
  request.open(contract.method, pathOf(contract, input.params as Readonly<Record<string, unknown>> | undefined));
  request.setRequestHeader("accept", "application/json");
  request.setRequestHeader("idempotency-key", input.idempotencyKey);
  if (token !== null) request.setRequestHeader("authorization", `Bearer ${token}`);
  request.upload.addEventListener("progress", ({ loaded, total }) =>
    input.onProgress(total === 0 ? 0 : loaded / total),
  );
  request.addEventListener("load", () => {
    noteReachable();
    const headers = { "retry-after": request.getResponseHeader("retry-after") ?? "" };
    resolve(new Response(request.responseText, { status: request.status, headers }));
  });
  request.addEventListener("error", () => {
    noteUnreachable();
    reject(new Offline());
  });
  request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled", "AbortError")));
  input.signal?.addEventListener("abort", () => request.abort(), { once: true });
  request.send(formOf(input));
  return promise;
}

function formOf({ body, file }: { readonly body: unknown; readonly file: File }): FormData {
  const form = new FormData();
  // Fields before the file: the server reads the stream once, in order.
  for (const [name, value] of Object.entries(body as object)) form.append(name, String(value));
  form.append("file", file, file.name);
  return form;
}
