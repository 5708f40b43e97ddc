import { entityOf, type AnyEvent } from "@rainmaker/contracts/events";
import { v7 as uuidv7 } from "uuid";
import type { Actor, Origin } from "./context.ts";
import type { Statement } from "./db.ts";

const insertText = `insert into outbox (organization_id, id, type, entity, record_id, label, record_version, owner_id, previous_owner_id, thread_id,
  actor_id, request_id, address, device, changes, facts, occurred_at)
select $1::uuid, e.id, e.type, e.entity, e.record_id, e.label, e.record_version, e.owner_id, e.previous_owner_id, e.thread_id,
  nullif($2, '')::uuid, nullif($3, ''), nullif($4, ''), nullif($5, ''), e.changes, e.facts, $6::timestamptz
from jsonb_to_recordset($7::jsonb) as e(id uuid, type text, entity text, record_id uuid, label text, record_version integer, owner_id uuid,
  previous_owner_id uuid, thread_id uuid, changes jsonb, facts jsonb)`;

/**
 * The one statement that writes a transaction's events; sent together with COMMIT. All of them carry the same
 * emitted_at order as they were announced, because their ids ascend.
 */
export function outboxInsert(announced: readonly AnyEvent[], actor: Actor, origin: Origin, now: Date): Statement {
  const rows = announced.map((event) => ({
    id: uuidv7(),
    type: event.type,
    entity: entityOf(event.type),
    record_id: event.recordId,
    label: event.label ?? null,
    record_version: event.version ?? null,
    owner_id: event.ownerId ?? null,
    previous_owner_id: event.previousOwnerId ?? null,
    thread_id: event.threadId ?? event.recordId,
    changes: event.changes ?? {},
    facts: event.facts,
  }));
  return {
    name: "_outbox",
    text: insertText,
    values: [
      actor.organizationId,
      actor.memberId ?? "",
      origin.requestId ?? "",
      origin.address ?? "",
      origin.device ?? "",
      now.toISOString(),
      JSON.stringify(rows),
    ],
  };
}
