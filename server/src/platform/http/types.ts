import type { Endpoint } from "@rainmaker/contracts/endpoint";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import type { Actor, Origin, OrganizationFacts } from "../context.ts";
import type { Storage } from "../storage.ts";
import type { Workplace } from "../tenant.ts";
import { clientOf } from "./client.ts";

export const apiPrefix = "/api/v1";

/** Somebody signed in. */
export type Session = { readonly actor: Actor; readonly organization: OrganizationFacts };

/** Turns an access token into whoever it belongs to; null where it is expired, forged, or its session has ended. */
export type Authenticate = (accessToken: string) => Promise<Session | null>;

/** What routes are served with. */
export type Http = {
  readonly app: FastifyInstance;
  readonly config: Config;
  readonly workplace: Workplace;
  readonly storage: Storage;
  readonly clock: () => Date;
  /** Everything served so far: OpenAPI and the generated tests read it. */
  readonly endpoints: Endpoint[];
};

declare module "fastify" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only interfaces merge
  interface FastifyRequest {
    /** Set before the handler on every call that is not public. */
    caller: Session | null;
  }
}

/** Where a request came from, for the log. */
export function originOf(request: FastifyRequest): Origin {
  return { requestId: request.id, address: request.ip, device: clientOf(request.headers["user-agent"]) };
}
