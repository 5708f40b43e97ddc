import { AsyncLocalStorage } from "node:async_hooks";
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from "@rainmaker/contracts/endpoint";
import type { MemberId, OrganizationId } from "@rainmaker/contracts/ids";
import { apiPrefix, type Authenticate, type Http } from "#platform/http";
import { openApi } from "./api.ts";
import type { Runtime } from "./runtime.ts";

export type Person = { readonly organizationId: OrganizationId; readonly memberId: MemberId };

type Input<E extends Endpoint> = {
  readonly params?: ParamsOf<E>;
  readonly query?: QueryOf<E>;
  readonly body?: BodyOf<E>;
  readonly file?: { readonly name: string; readonly content: Buffer };
  /** The same key again repeats the answer and changes nothing. */
  readonly key?: string;
};

/** The API without a socket, as any member: for the command line and the demo organization. */
export type InProcessApi = {
  /** @throws ApiRefusal */
  send<E extends Endpoint>(as: Person | null, contract: E, input?: Input<E>, at?: Date): Promise<ReplyOf<E>>;
  /** A file that the API serves. @throws ApiRefusal */
  download<E extends Endpoint>(as: Person, contract: E, input: Input<E>): Promise<Buffer>;
  close(): Promise<void>;
};

/** What the API answered instead; the message is the problem's sentence with the fields it names. */
export class ApiRefusal extends Error {
  constructor({ detail, title, errors = [] }: { detail?: string; title?: string; errors?: FieldError[] }) {
    const fields = errors.map(({ path, message }) => `${path}: ${message}`);
    super([detail ?? title ?? "The request was refused", ...fields].join("\n  "));
  }
}

type FieldError = { readonly path: string; readonly message: string };

/**
 * Opens the API in this process. Whoever may run this code may read the database anyway, so members are believed by
 * name; what they may do is checked as always.
 */
export async function openInProcessApi(runtime: Runtime): Promise<InProcessApi> {
  const instant = new AsyncLocalStorage<Date>();
  const clock = (): Date => instant.getStore() ?? runtime.clock();
  const http = await openApi({
    ...runtime,
    clock,
    authenticate: believe(runtime),
    config: { ...runtime.config, RATE_LIMIT: 0 },
  });
  await http.app.ready();
  return {
    send: (as, contract, input = {}, at = clock()) =>
      instant.run(at, async () => {
        const answer = await inject(http, as, contract, input);
        return (contract.reply === null ? undefined : JSON.parse(answer.toString("utf8"))) as never;
      }),
    download: (as, contract, input) => inject(http, as, contract, input),
    close: () => http.app.close(),
  };
}

function believe({ workplace: { directory } }: Runtime): Authenticate {
  return async (token) => {
    const [organizationId = "", memberId = ""] = token.split(".");
    const [actor, organization] = await Promise.all([
      directory.actorOf(organizationId, memberId),
      directory.organizationOf(organizationId),
    ]);
    return { actor, organization };
  };
}

async function inject<E extends Endpoint>(
  http: Http,
  as: Person | null,
  contract: E,
  input: Input<E>,
): Promise<Buffer> {
  const { payload, headers } = bodyOf(input);
  const response = await http.app.inject({
    method: contract.method,
    url: urlOf(contract, input),
    headers: {
      "user-agent": "Rainmaker",
      ...headers,
      ...(as === null ? {} : { authorization: `Bearer ${as.organizationId}.${as.memberId}` }),
      ...(input.key === undefined ? {} : { "idempotency-key": input.key }),
    },
    ...(payload === undefined ? {} : { payload }),
  });
  if (response.statusCode >= 400) throw new ApiRefusal(response.json());
  return response.rawPayload;
}

function urlOf(contract: Endpoint, { params, query }: Input<Endpoint>): string {
  const values = (params ?? {}) as Record<string, string>;
  const path = contract.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const search = new URLSearchParams((query ?? {}) as Record<string, string>).toString();
  return `${apiPrefix}${path}${search === "" ? "" : `?${search}`}`;
}

function bodyOf({ body, file }: Input<Endpoint>): { payload?: Buffer | string; headers: Record<string, string> } {
  if (file === undefined) {
    return body === undefined
      ? { headers: {} }
      : { payload: JSON.stringify(body), headers: { "content-type": "application/json" } };
  }
  const boundary = "rainmaker-in-process";
  const fields = Object.entries((body ?? {}) as Record<string, string>).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(fields.join("") + head),
    file.content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { payload, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } };
}
