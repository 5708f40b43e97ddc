import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { jwtVerify, SignJWT } from "jose";

/** A secret for a link or cookie: 256 random bits, safe in an address. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token: it is random, so a plain hash cannot be turned back. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

// OWASP's figures for argon2id: 19 MiB, two passes.
const argonOptions = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, argonOptions);
}

/** Takes the same time whether there is an account or not: without one, a hash nobody knows the password of is checked. */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await unknownAccountHash()), password);
  return stored !== undefined && matches;
}

let unknownHash: Promise<string> | undefined;

function unknownAccountHash(): Promise<string> {
  unknownHash ??= hashPassword(newToken());
  return unknownHash;
}

/** Encrypts with AES-256-GCM: nonce, tag, ciphertext. */
export function seal(key: Buffer, plain: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** @throws where the key is another or the bytes were changed */
export function unseal(key: Buffer, sealed: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString("utf8");
}

export type AccessClaims = {
  readonly accountId: string;
  /** Null for a super admin. */
  readonly organizationId: string | null;
  readonly memberId: string | null;
  readonly sessionId: string | null;
};

export const accessTokenSeconds = 15 * 60;

export type AccessTokens = {
  sign(claims: AccessClaims, now: Date): Promise<string>;
  /** Null where it is forged, expired, or not one of ours. */
  read(token: string, now: Date): Promise<AccessClaims | null>;
};

/** Signs and reads access tokens (EdDSA). @param seed 32 bytes in base64 */
export function accessTokens(seed: string): AccessTokens {
  const privateKey = ed25519Key(Buffer.from(seed, "base64"));
  const publicKey = createPublicKey(privateKey);
  // A browser sends the same token hundreds of times: its signature is checked once.
  const read = new Map<string, { claims: AccessClaims; expiresAt: number }>();
  return {
    sign: ({ accountId, organizationId, memberId, sessionId }, now) =>
      new SignJWT({ acc: accountId, org: organizationId, mem: memberId, sid: sessionId })
        .setProtectedHeader({ alg: "EdDSA", typ: "JWT" })
        .setIssuer("rainmaker")
        .setIssuedAt(now)
        .setExpirationTime(new Date(now.getTime() + accessTokenSeconds * 1000))
        .sign(privateKey),
    async read(token, now) {
      const known = read.get(token);
      if (known !== undefined) return known.expiresAt > now.getTime() ? known.claims : null;
      try {
        const { payload } = await jwtVerify<{
          acc: string;
          org: string | null;
          mem: string | null;
          sid: string | null;
        }>(token, publicKey, {
          algorithms: ["EdDSA"],
          issuer: "rainmaker",
          currentDate: now,
        });
        const claims = {
          accountId: payload.acc,
          organizationId: payload.org,
          memberId: payload.mem,
          sessionId: payload.sid,
        };
        if (read.size >= 10_000) read.clear();
        read.set(token, { claims, expiresAt: (payload.exp ?? 0) * 1000 });
        return claims;
      } catch {
        return null;
      }
    },
  };
}

/** An Ed25519 key from its seed: the fixed PKCS #8 head of RFC 8410, then the 32 bytes. */
function ed25519Key(seed: Buffer): KeyObject {
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: "der", type: "pkcs8" });
}
