import { hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StartError } from "./embedded-postgres.ts";

export type Secrets = {
  /** Base64 of 32 bytes: encrypts what is stored, and the passwords of the database roles come from it. */
  readonly masterKey: string;
  /** Base64 of 32 bytes: seed of the key that signs access tokens. */
  readonly jwtKey: string;
  /** Of the embedded database's superuser. */
  readonly databasePassword: string;
};

/** Reads the secrets of the embedded database's folder, or makes them once, readable by the owner only. */
export function embeddedSecrets(file: string): Secrets {
  try {
    if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Secrets;
    const made: Secrets = {
      masterKey: randomBytes(32).toString("base64"),
      jwtKey: randomBytes(32).toString("base64"),
      databasePassword: randomBytes(24).toString("base64url"),
    };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600, flag: "wx" });
    return made;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC") throw new StartError(`${dirname(file)} is on a full disk. Free some space and start again.`);
    throw new StartError(
      `${file} cannot be read or written (${code ?? String(error)}). Set DATA_DIR to a folder that can.`,
    );
  }
}

/** A key for one purpose, derived so that knowing it says nothing about the master key or the others. */
export function deriveKey(masterKey: string, purpose: string, bytes = 32): Buffer {
  return Buffer.from(hkdfSync("sha256", Buffer.from(masterKey, "base64"), "", purpose, bytes));
}

/** Password of a database role, the same on every replica that has the master key. */
export function rolePassword(masterKey: string, role: string): string {
  return deriveKey(masterKey, `database role ${role}`, 24).toString("base64url");
}
