import { randomUUID } from "node:crypto";
import type { Endpoint } from "@rainmaker/contracts/endpoint";
import type { TestApp } from "../app.ts";
import type { Reply } from "../calling.ts";
import type { Person } from "../make.ts";
import { organizationCalls } from "./calls-of-organization.ts";
import { recordsCalls } from "./calls-of-records.ts";
import { revenueCalls } from "./calls-of-revenue.ts";
import { salesCalls } from "./calls-of-sales.ts";
import type { Company } from "./company.ts";

/** A call that succeeds as it stands: by whom, on what, with what. */
export type Call = {
  readonly as: Person | null;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly file?: { readonly name: string; readonly content: Buffer | string };
  /** Version of the record, sent as If-Match. */
  readonly version?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Makes what a call needs, in a company, and says how it is called. */
export type MakeCall = (app: TestApp, company: Company) => Promise<Call> | Call;

const calls: Readonly<Record<string, MakeCall>> = {
  ...organizationCalls,
  ...recordsCalls,
  ...salesCalls,
  ...revenueCalls,
};

/** "POST /deals/{dealId}/submit". */
export function nameOf({ method, path }: Pick<Endpoint, "method" | "path">): string {
  return `${method} ${path}`;
}

export const namesOfCalls: readonly string[] = Object.keys(calls);

/** @throws a sentence where nobody said how the endpoint is called */
export async function makeCall(app: TestApp, company: Company, endpoint: Endpoint): Promise<Call> {
  const make = calls[nameOf(endpoint)];
  if (make === undefined) {
    throw new Error(
      `Say how "${nameOf(endpoint)}" is called: add it to the calls of its module in server/test/generated`,
    );
  }
  return make(app, company);
}

/** Sends a call, with parts of it changed. */
export function send(app: TestApp, endpoint: Endpoint, call: Call, change: Partial<Call> = {}): Promise<Reply<any>> {
  const { as, params = {}, query = {}, body, file, version, headers = {} } = { ...call, ...change };
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  const url = search === "" ? path : `${path}?${search}`;
  const sent = { ...(version === undefined ? {} : { "if-match": `"${version}"` }), ...headers };
  if (file !== undefined) return app.upload(url, as?.token ?? "", file, (body ?? {}) as Record<string, string>, sent);
  return app.call(endpoint.method, url, { token: as?.token, body, headers: sent });
}

export function freshKey(): Record<string, string> {
  return { "idempotency-key": randomUUID() };
}
