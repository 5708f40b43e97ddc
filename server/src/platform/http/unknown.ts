import type { Endpoint } from "@rainmaker/contracts/endpoint";
import { Refusal } from "../errors.ts";
import { apiPrefix, type Http } from "./types.ts";

/** Answers what no route takes: 405 with the methods of a known address, 404 for any other. Called after the routes. */
export function serveUnknown({ app, endpoints }: Http): void {
  app.all(`${apiPrefix}/*`, async (request, reply) => {
    const methods = methodsAt(endpoints, request.url);
    // A method that it takes did not get here for another reason: what stands in the address is too long for an id.
    if (methods.length === 0 || methods.includes(request.method))
      throw new Refusal("not_found", "not_found", "There is no such address in this API");
    reply.header("allow", methods.join(", "));
    throw new Refusal("method", "method_not_allowed", `This address takes ${methods.join(", ")} only`);
  });
}

/** The methods that an address takes, as a client may use them; none where there is nothing. */
function methodsAt(endpoints: readonly Endpoint[], url: string): string[] {
  const path = /^[^?#]*/.exec(url)?.[0] ?? "";
  const methods = endpoints
    .filter((endpoint) => patternOf(endpoint).test(path))
    .flatMap(({ method }) => takenBeside[method] ?? [method]);
  return [...new Set(methods)].toSorted();
}

/** HEAD is answered wherever GET is, PUT is accepted wherever PATCH is. */
const takenBeside: Readonly<Record<string, readonly string[]>> = { GET: ["GET", "HEAD"], PATCH: ["PATCH", "PUT"] };

function patternOf({ path }: Endpoint): RegExp {
  return new RegExp(`^${apiPrefix}${path.replaceAll(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}$`);
}
