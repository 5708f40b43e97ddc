import type { Endpoint } from "@rainmaker/contracts/endpoint";

export type Reply<Body = never> = {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly text: string;
};

type Call = {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
};

/** A server that can be called, in this process or another. */
export type Calling = {
  call<Body = any>(method: Endpoint["method"], path: string, call?: Call): Promise<Reply<Body>>;
  upload<Body = any>(
    path: string,
    token: string,
    file: { name: string; content: Buffer | string; type?: string },
    fields?: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<Reply<Body>>;
};

/** Calls a server through a real connection. */
export function remote(url: string): Calling {
  const send = async (
    method: string,
    path: string,
    token: string | undefined,
    payload: string | Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<Reply<any>> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(payload === undefined ? {} : { body: typeof payload === "string" ? payload : new Uint8Array(payload) }),
    });
    const text = await response.text();
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : undefined,
      headers: Object.fromEntries(response.headers),
      text,
    };
  };
  return {
    call: (method, path, { token, body, headers = {} } = {}) =>
      body === undefined
        ? send(method, path, token, undefined, headers)
        : send(method, path, token, JSON.stringify(body), { "content-type": "application/json", ...headers }),
    upload: (path, token, file, fields = {}, headers = {}) => {
      const { payload, contentType } = multipart(file, fields);
      return send("POST", path, token, payload, { "content-type": contentType, ...headers });
    },
  };
}

/** The body of an upload as browsers write it. */
export function multipart(
  file: { name: string; content: Buffer | string; type?: string },
  fields: Record<string, string>,
): { payload: Buffer; contentType: string } {
  const boundary = "----rainmaker-test";
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type ?? "application/octet-stream"}\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(parts.join("") + head),
    Buffer.from(file.content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { payload, contentType: `multipart/form-data; boundary=${boundary}` };
}
