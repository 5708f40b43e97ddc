import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  const isS3 = config.STORAGE === "s3";
  const disk = new Disk(isS3 ? await s3Driver(config) : await localDriver(config));
  const put = isS3 ? putMeasured : putFlowing;
  return {
    async store(folder, content, maxBytes) {
      const key = `${folder}/${randomUUID()}`;
      const meter = new Meter(maxBytes);
      try {
        await put(disk, key, content, meter);
      } catch (error) {
        await disk.delete(key).catch(() => {});
        throw meter.refusal ?? error;
      }
      return { key, size: meter.size, sha256: meter.digest(), head: meter.head };
    },
    read: (key) => disk.getStream(key),
    readBytes: async (key) => Buffer.from(await disk.getBytes(key)),
    write: (key, content) => disk.put(key, content),
    remove: (key) => disk.delete(key),
  };
}

type Put = (disk: Disk, key: string, content: Readable, meter: Meter) => Promise<void>;

/** The disk consumes what the meter lets through; both ends fail together. */
const putFlowing: Put = async (disk, key, content, meter) => {
  const through = new PassThrough();
  await Promise.all([pipeline(content, meter, through), disk.putStream(key, through)]);
};

/** S3 wants to know the length first: the file waits beside, until it is whole and not too large. */
const putMeasured: Put = async (disk, key, content, meter) => {
  const file = join(tmpdir(), `rainmaker-upload-${randomUUID()}`);
  try {
    await pipeline(content, meter, createWriteStream(file, { flags: "wx", mode: 0o600 }));
    if (meter.size === 0) await disk.put(key, "");
    else await disk.putStream(key, createReadStream(file), { contentLength: meter.size });
  } finally {
    await rm(file, { force: true });
  }
};

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
