import { createHash, randomUUID } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { PassThrough, Transform, type Readable } from "node:stream";
import { Disk } from "flydrive";
import type { Config } from "./config.ts";
import { Refusal } from "./errors.ts";

/** Where uploaded files are kept: a local folder, or S3 by configuration. Keys are made here and name no person. */
export type Storage = {
  /** Streams a file in, measuring and hashing it on the way. Removes it again where it grows too large. */
  store(folder: string, content: Readable, maxBytes: number): Promise<Stored>;
  read(key: string): Promise<Readable>;
  readBytes(key: string): Promise<Buffer>;
  write(key: string, content: Buffer): Promise<void>;
  remove(key: string): Promise<void>;
};

export type Stored = {
  readonly key: string;
  readonly size: number;
  readonly sha256: Buffer;
  /** The first 4 KB, for telling the type by content. */
  readonly head: Buffer;
};

const headBytes = 4096;

export async function openStorage(config: Config): Promise<Storage> {
  const disk = new Disk(config.STORAGE === "s3" ? await s3Driver(config) : await localDriver(config));
  return {
    async store(folder, content, maxBytes) {
      const key = `${folder}/${randomUUID()}`;
      const meter = new Meter(maxBytes);
      // The disk consumes what the meter lets through; both ends fail together.
      const through = new PassThrough();
      try {
        await Promise.all([pipeline(content, meter, through), disk.putStream(key, through)]);
      } catch (error) {
        await disk.delete(key).catch(() => {});
        throw unwrapRefusal(error, meter);
      }
      return { key, size: meter.size, sha256: meter.digest(), head: meter.head };
    },
    read: (key) => disk.getStream(key),
    readBytes: async (key) => Buffer.from(await disk.getBytes(key)),
    write: (key, content) => disk.put(key, content),
    remove: (key) => disk.delete(key),
  };
}

async function localDriver(config: Config): Promise<ConstructorParameters<typeof Disk>[0]> {
  const { FSDriver } = await import("flydrive/drivers/fs");
  return new FSDriver({ location: config.filesDir, visibility: "private" });
}

async function s3Driver(config: Config): Promise<ConstructorParameters<typeof Disk>[0]> {
  const { S3Driver } = await import("flydrive/drivers/s3");
  return new S3Driver({
    bucket: config.S3_BUCKET,
    region: config.S3_REGION,
    visibility: "private",
    supportsACL: false,
    ...(config.S3_ENDPOINT === "" ? {} : { endpoint: config.S3_ENDPOINT, forcePathStyle: true }),
    ...(config.S3_ACCESS_KEY_ID === ""
      ? {}
      : { credentials: { accessKeyId: config.S3_ACCESS_KEY_ID, secretAccessKey: config.S3_SECRET_ACCESS_KEY } }),
  });
}

class Meter extends Transform {
  readonly #maxBytes: number;
  readonly #hash = createHash("sha256");
  size = 0;
  head = Buffer.alloc(0);
  refusal: Refusal | undefined;

  constructor(maxBytes: number) {
    super();
    this.#maxBytes = maxBytes;
  }

  override _transform(chunk: Buffer, _encoding: string, done: (error?: Error | null, data?: Buffer) => void): void {
    this.size += chunk.length;
    if (this.size > this.#maxBytes) {
      this.refusal = new Refusal(
        "too_large",
        "file_too_large",
        `The file is larger than ${Math.floor(this.#maxBytes / 1_000_000)} MB`,
      );
      done(this.refusal);
      return;
    }
    if (this.head.length < headBytes) this.head = Buffer.concat([this.head, chunk]).subarray(0, headBytes);
    this.#hash.update(chunk);
    done(null, chunk);
  }

  digest(): Buffer {
    return this.#hash.digest();
  }
}

function unwrapRefusal(error: unknown, meter: Meter): unknown {
  return meter.refusal ?? error;
}
