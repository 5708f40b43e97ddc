import type { TestProject } from "vitest/node";
import { migrate, migrateJobs } from "#platform/migrate";
import { rolePassword } from "#platform/secrets";
import { administer, databaseUrl, startCluster } from "./cluster.ts";

export const testMasterKey = Buffer.alloc(32, 1).toString("base64");
export const testJwtKey = Buffer.alloc(32, 2).toString("base64");

declare module "vitest" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only interfaces merge
  interface ProvidedContext {
    /** The test server, to its maintenance database. */
    adminUrl: string;
    /** A migrated database that every test file copies: about 100 ms. */
    template: string;
  }
}

/** One PostgreSQL for the whole run, and one migrated database as the template of the files' own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  const template = `rainmaker_template_${process.pid}`;
  await administer(cluster.adminUrl, `create database ${template}`);
  const ownerUrl = databaseUrl(cluster.adminUrl, template);
  await migrate({
    ownerUrl,
    passwords: {
      app: rolePassword(testMasterKey, "rainmaker_app"),
      jobs: rolePassword(testMasterKey, "rainmaker_jobs"),
    },
  });
  const jobsUrl = new URL(ownerUrl);
  jobsUrl.username = "rainmaker_jobs";
  jobsUrl.password = rolePassword(testMasterKey, "rainmaker_jobs");
  await migrateJobs(ownerUrl, jobsUrl.href);
  project.provide("adminUrl", cluster.adminUrl);
  project.provide("template", template);
  return async () => {
    await administer(cluster.adminUrl, `drop database if exists ${template} with (force)`);
    await cluster.stop();
  };
}
