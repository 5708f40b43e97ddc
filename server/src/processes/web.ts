import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { Refusal } from "#platform/errors";
import type { Http } from "#platform/http";

const built = join(import.meta.dirname, "../../../web/dist");

/** Serves the built web application from the same origin, precompressed; every other address is one of its pages. */
export async function serveWeb({ app }: Http, dist: string = built): Promise<void> {
  if (!existsSync(join(dist, "index.html"))) return;
  const page = readFileSync(join(dist, "index.html"), "utf8");
  await app.register(fastifyStatic, {
    root: dist,
    index: false,
    wildcard: false,
    preCompressed: true,
    setHeaders(reply, path) {
      // Names under assets/ carry a hash of their content.
      const isHashed = path.startsWith(join(dist, "assets"));
      reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("/*", async (request, reply) => {
    if (!(request.headers.accept ?? "").includes("text/html"))
      throw new Refusal("not_found", "not_found", "There is nothing at this address");
    return reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page);
  });
}
