import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { remote } from "../test/calling.ts";
import { makeOrganization } from "../test/make.ts";
import type { Fact } from "./report.ts";
import type { ServerProcess } from "./server-process.ts";

const file = join(import.meta.dirname, "../test/corpora/maven-crm/sales_pipeline.csv");

/** A file of 8,800 opportunities from upload to result, customers, products, stages and owners made on the way. */
export async function measureImport(server: ServerProcess): Promise<Fact[]> {
  const app = remote(server.url);
  const { token } = (await makeOrganization(app)).admin;
  const begun = performance.now();
  const uploaded = await app.upload(
    "/imports",
    token,
    { name: "sales_pipeline.csv", content: readFileSync(file) },
    {
      entity: "opportunity",
    },
  );
  const { id, mapping } = uploaded.body;
  const saved = await app.call("PUT", `/imports/${id}/mapping`, {
    token,
    body: { ...mapping, options: { ...mapping.options, currency: "USD" } },
  });
  if (saved.status !== 200) throw new Error(saved.text);
  const previewed = performance.now();
  await app.call("POST", `/imports/${id}/preview`, { token });
  const started = performance.now();
  await app.call("POST", `/imports/${id}/run`, { token });
  for (;;) {
    const { body } = await app.call("GET", `/imports/${id}`, { token });
    if (body.status === "failed") throw new Error(body.failure);
    if (body.status === "finished") return facts(body.counts, { begun, previewed, started, ended: performance.now() });
    await pause(20);
  }
}

type Times = { readonly begun: number; readonly previewed: number; readonly started: number; readonly ended: number };

function facts(counts: { read: number; created: number }, { begun, previewed, started, ended }: Times): Fact[] {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  return [
    [`import of ${counts.read} rows, upload to result`, `${seconds(ended - begun)}, ${counts.created} created`],
    ["of that the dry run", seconds(started - previewed)],
    ["of that the run", `${seconds(ended - started)}, ${((counts.read * 1000) / (ended - started)).toFixed(0)} rows/s`],
  ];
}
