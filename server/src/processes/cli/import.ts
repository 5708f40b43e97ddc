import { readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import type { MemberId, OrganizationId } from "@rainmaker/contracts/ids";
import * as imports from "@rainmaker/contracts/records/imports";
import { openInProcessApi, type InProcessApi, type Person } from "../in-process-api.ts";
import type { Runtime } from "../runtime.ts";
import { startWorker } from "../worker.ts";
import { CommandError, readArguments, type Command } from "./command.ts";
import { withRuntime } from "./with-runtime.ts";

type Order = {
  readonly file: string;
  readonly email: string;
  readonly entity: imports.ImportableEntity;
  readonly options: imports.ImportOptions;
};

export const run: Command = async (config, args) => {
  const order = readOrder(args);
  const { counts, errorFile } = await withRuntime(config, (runtime) => importFile(runtime, order));
  const { read, created, updated, skipped, failed } = counts;
  console.log(`${read} rows read: ${created} created, ${updated} updated, ${skipped} skipped, ${failed} failed`);
  if (errorFile !== null) console.log(`Rows that failed, with the reason: ${errorFile}`);
};

function readOrder(args: readonly string[]): Order {
  const { positionals, values } = readArguments(args, {
    as: { type: "string" },
    entity: { type: "string", default: "opportunity" },
    currency: { type: "string" },
    "open-deals": { type: "boolean", default: false },
  });
  const [file] = positionals;
  if (file === undefined || values.as === undefined) throw new CommandError("Give both: import FILE --as EMAIL");
  const entity = imports.importableEntities.find((name) => name === values.entity);
  if (entity === undefined)
    throw new CommandError(`--entity is one of ${imports.importableEntities.join(", ")}, not "${values.entity}"`);
  const currency = values.currency === undefined ? {} : { currency: values.currency };
  // npm runs scripts in the project; the path is meant from where the person stands.
  const from = process.env["INIT_CWD"] ?? process.cwd();
  return {
    file: resolve(from, file),
    email: values.as,
    entity,
    options: { ...currency, openDeals: values["open-deals"] },
  };
}

async function importFile(
  runtime: Runtime,
  { file, email, entity, options }: Order,
): Promise<{ counts: imports.ImportCounts; errorFile: string | null }> {
  const person = await personOf(runtime, email);
  const worker = await startWorker(runtime);
  const api = await openInProcessApi(runtime);
  try {
    const upload = { body: { entity }, file: { name: basename(file), content: read(file) } };
    const { id: importId, mapping } = await api.send(person, imports.uploadImport, upload);
    const params = { importId };
    const body = { ...mapping, options: { ...mapping.options, ...options } };
    await api.send(person, imports.updateImportMapping, { params, body });
    await api.send(person, imports.previewImport, { params });
    await api.send(person, imports.runImport, { params });
    const { status, counts, failure } = await untilDone(api, person, importId);
    if (status === "failed") throw new CommandError(failure ?? "The import failed");
    if (counts.failed === 0) return { counts, errorFile: null };
    const errorFile = `${file}.errors.csv`;
    writeFileSync(errorFile, await api.download(person, imports.importErrorFile, { params }));
    return { counts, errorFile };
  } finally {
    await api.close();
    await worker.stop();
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function untilDone(api: InProcessApi, person: Person, importId: imports.Import["id"]): Promise<imports.Import> {
  for (;;) {
    const state = await api.send(person, imports.getImport, { params: { importId } });
    if (state.status === "finished" || state.status === "failed") return state;
    await sleep(100);
  }
}

/** The first organization this address is an active member of. */
async function personOf({ workplace: { database } }: Runtime, email: string): Promise<Person> {
  const { rows } = await sql<{ organization_id: OrganizationId; member_id: MemberId }>`
    select m.organization_id, m.member_id from door.account_by_email(${email.toLowerCase()}) a, door.memberships(a.account_id) m limit 1`.execute(
    database.outside,
  );
  const [row] = rows;
  if (row === undefined) throw new CommandError(`${email} is no active member of an organization`);
  return { organizationId: row.organization_id, memberId: row.member_id };
}
