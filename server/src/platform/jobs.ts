import { EventEmitter } from "node:events";
import { Logger, run, type Runner, type TaskList, type WorkerEvents } from "graphile-worker";
import { sql, type Kysely } from "kysely";
import pg from "pg";
import type { FastifyBaseLogger } from "fastify";
import type { LoggedEvent } from "@rainmaker/contracts/events";
import type { Context } from "./context.ts";
import { openPool } from "./db.ts";
import type { Mailer } from "./mail.ts";
import type { Job } from "./module.ts";
import type { Storage } from "./storage.ts";
import { inTransaction, noOrigin, type Workplace } from "./tenant.ts";

/** What a job gets: where to work, what was asked, and how to notice that the process is going down. */
export type JobWork = {
  readonly workplace: Workplace;
  readonly storage: Storage;
  readonly mailer: Mailer;
  readonly clock: () => Date;
  readonly payload: JobPayload;
  readonly signal: AbortSignal;
};

/** Every job names its organization, and the member whose bidding it does, whose rights it takes at run time. */
export type JobPayload = {
  readonly organizationId: string;
  readonly memberId: string | null;
  readonly subjectId: string;
};

/** Puts a job into the queue, in the transaction of the handler that asks. The same key again replaces the job. */
export async function enqueue<Tables>(
  ctx: { readonly tx: Kysely<Tables> },
  name: string,
  payload: JobPayload,
  key: string,
): Promise<void> {
  await sql`select app.enqueue(${name}, ${JSON.stringify(payload)}::json, ${key}, now())`.execute(ctx.tx);
}

/** Asks for a job on behalf of who announced something, about what it was about; once, however often it is asked. */
export async function enqueueFor<Tables>(
  ctx: { readonly tx: Kysely<Tables> },
  { organizationId, actorId, recordId }: Pick<LoggedEvent, "organizationId" | "actorId" | "recordId">,
  job: string,
): Promise<void> {
  if (recordId === null) throw new TypeError("an event that asks for a job names a record");
  await enqueue(ctx, job, { organizationId, memberId: actorId, subjectId: recordId }, `${job}:${recordId}`);
}

/** The same for a job that waits until those before it in its queue have ended. @param queue within the organization */
export async function enqueueInTurn<Tables>(
  ctx: { readonly tx: Kysely<Tables> },
  { organizationId, actorId, recordId }: Pick<LoggedEvent, "organizationId" | "actorId" | "recordId">,
  job: string,
  queue: string,
): Promise<void> {
  if (recordId === null) throw new TypeError("an event that asks for a job names a record");
  const payload: JobPayload = { organizationId, memberId: actorId, subjectId: recordId };
  await sql`select app.enqueue_in_turn(${job}, ${JSON.stringify(payload)}::json, ${`${job}:${recordId}`},
    ${`${queue}:${organizationId}`})`.execute(ctx.tx);
}

/** One transaction of a job as the member whose bidding it does, whose rights are read anew. */
export async function asMember<T>(
  { workplace, payload, clock }: JobWork,
  run: (ctx: Context) => Promise<T>,
): Promise<T> {
  const { organizationId, memberId } = payload;
  if (memberId === null) throw new TypeError("this job runs for a member");
  const actor = await workplace.directory.actorOf(organizationId, memberId);
  const organization = await workplace.directory.organizationOf(organizationId);
  return inTransaction(workplace, { actor, organization, now: clock(), origin: noOrigin }, async (ctx) => {
    await planAnew(ctx);
    const result = await run(ctx);
    await planAnew(ctx);
    return result;
  });
}

export type JobRunner = { stop(): Promise<void> };

type Options = {
  readonly url: string;
  readonly jobs: readonly Job[];
  readonly workplace: Workplace;
  readonly storage: Storage;
  readonly mailer: Mailer;
  readonly clock: () => Date;
  readonly logger: FastifyBaseLogger;
};

const concurrency = 2;
const lockSpace = 727_006;

/** Starts working off the queue, as the role that owns it. */
export async function startJobs({ url, jobs, logger, ...tools }: Options): Promise<JobRunner> {
  const pool = openPool(url, concurrency + 2, "rainmaker jobs");
  const presence = new pg.Client({
    connectionString: url,
    application_name: "rainmaker jobs presence",
    keepAlive: true,
  });
  presence.on("error", (error) => logger.error({ err: error }, "lost the connection that shows this worker is alive"));
  await presence.connect();

  const tasks: TaskList = Object.fromEntries(
    jobs.map((job) => [
      job.name,
      (payload: unknown, helpers: { abortSignal?: AbortSignal }) =>
        runJob(job, logger, {
          ...tools,
          payload: payload as JobPayload,
          signal: helpers.abortSignal ?? new AbortController().signal,
        }),
    ]),
  );
  const events = new EventEmitter() as unknown as WorkerEvents;
  const shown: Promise<void>[] = [];
  // Jobs are locked in the name of the pool, not of its workers.
  events.on("pool:create", ({ workerPool }) => void shown.push(showPresence(presence, workerPool.id)));
  const runner = await run({
    pgPool: pool,
    taskList: tasks,
    concurrency,
    pollInterval: 2000,
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => (level === "error" ? logger.error(message) : logger.debug(message))),
  });
  const sweep = (): Promise<void> =>
    freeJobsOfDeadWorkers(pool).catch((error: unknown) =>
      logger.warn({ err: error }, "could not look for dead workers"),
    );
  await Promise.all(shown);
  await sweep();
  const timer = setInterval(() => void sweep(), 15_000);
  return { stop: () => stopJobs(runner, timer, presence, pool) };
}

/** The queue keeps an error as JSON, which an error of the database with whole numbers among its facts is not. */
async function runJob(job: Job, logger: FastifyBaseLogger, work: JobWork): Promise<void> {
  try {
    await job.run(work);
  } catch (error) {
    logger.error({ err: error, job: job.name }, "a job failed");
    throw new Error(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function stopJobs(runner: Runner, timer: NodeJS.Timeout, presence: pg.Client, pool: pg.Pool): Promise<void> {
  clearInterval(timer);
  await runner.stop();
  await presence.end();
  await pool.end();
}

/** A lock that lives as long as the connection: it is gone the moment the process is, however that ended. */
async function showPresence(presence: pg.Client, poolId: string): Promise<void> {
  await presence.query("select pg_advisory_lock($1, hashtext($2))", [lockSpace, poolId]);
}

/** Jobs of a killed worker would stay locked for four hours; whoever holds no presence lock any more is dead. */
async function freeJobsOfDeadWorkers(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    "select distinct locked_by as id from graphile_worker.jobs where locked_by is not null",
  );
  for (const { id } of rows) {
    const client = await pool.connect();
    try {
      await client.query("begin");
      const {
        rows: [row],
      } = await client.query<{ dead: boolean }>("select pg_try_advisory_xact_lock($1, hashtext($2)) as dead", [
        lockSpace,
        id,
      ]);
      if (row?.dead === true) await client.query("select graphile_worker.force_unlock_workers(array[$1])", [id]);
      await client.query("commit");
    } finally {
      client.release();
    }
  }
}

/**
 * Statements of triggers keep the plan of their first call. One that was made for a single row compares each of 5,000 with
 * each, and one that was made for 5,000 reads whole tables for a single row: a job begins and ends without them.
 */
async function planAnew(ctx: Context): Promise<void> {
  await sql`discard plans`.execute(ctx.tx);
}
