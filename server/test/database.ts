import { inject } from "vitest";
import { rolePassword } from "#platform/secrets";
import { administer, databaseUrl } from "./cluster.ts";
import { testJwtKey, testMasterKey } from "./global-setup.ts";

export type TestDatabase = {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
  readonly masterKey: string;
  readonly jwtKey: string;
  drop(): Promise<void>;
};

let made = 0;

/** A fresh migrated database of this test file's own. */
export async function makeDatabase(): Promise<TestDatabase> {
  const adminUrl = inject("adminUrl");
  made += 1;
  const name = `rainmaker_test_${process.pid}_${Date.now().toString(36)}_${made}`;
  await administer(adminUrl, `create database ${name} template ${inject("template")}`);
  const ownerUrl = databaseUrl(adminUrl, name);
  return {
    ownerUrl,
    appUrl: asRole(ownerUrl, "rainmaker_app"),
    jobsUrl: asRole(ownerUrl, "rainmaker_jobs"),
    masterKey: testMasterKey,
    jwtKey: testJwtKey,
    drop: () => administer(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

function asRole(ownerUrl: string, role: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = rolePassword(testMasterKey, role);
  return url.href;
}
