import type { Server as HttpServer } from "node:http";
import { hintEvent, sessionChangedEvent, type Hint } from "@rainmaker/contracts/realtime";
import { scopedEntities, type ScopedEntity } from "@rainmaker/contracts/organization/permissions";
import { createAdapter } from "@socket.io/postgres-adapter";
import type { FastifyBaseLogger } from "fastify";
import { sql } from "kysely";
import type { Pool } from "pg";
import { Server, type Socket } from "socket.io";
import type { Bus } from "./bus.ts";
import { reachOf, sightOf, type OutgoingHint } from "./context.ts";
import type { Authenticate, Session } from "./http/types.ts";
import { visibleOwners } from "./scope.ts";
import type { Workplace } from "./tenant.ts";

/** What the sequencer knows of an event when it tells browsers. */
export type SequencedEvent = {
  readonly organizationId: string;
  readonly type: string;
  readonly entity: string;
  readonly recordId: string | null;
  readonly version: number | null;
  readonly ownerId: string | null;
  readonly previousOwnerId: string | null;
  /** Names of the fields it changed. */
  readonly changed: readonly string[];
};

/**
 * Rooms follow the scope. A record's hint goes to the rooms of its owner, so a socket hears of a record only when a
 * query of the same person would return it.
 */
export const rooms = {
  /** Every member of the organization. */
  organization: (organizationId: string): string => `o:${organizationId}`,
  member: (memberId: string): string => `m:${memberId}`,
  session: (sessionId: string): string => `s:${sessionId}`,
  /** Who sees all records of an entity. */
  all: (organizationId: string, entity: string): string => `o:${organizationId}:${entity}:all`,
  /** Who sees an owner's records of an entity. */
  owner: (organizationId: string, entity: string, ownerId: string): string =>
    `o:${organizationId}:${entity}:${ownerId}`,
};

/** Entities without an owner, which every member of the organization may read. */
const sharedEntities: ReadonlySet<string> = new Set([
  "organization",
  "member",
  "team",
  "role",
  "goal",
  "plan",
  "quota",
  "exchange-rate",
  "project",
  "legal-entity",
  "period",
  "pipeline",
  "stage",
  "product",
  "view",
  "custom-field",
]);
/** Entities that concern only the member who owns them. */
const personalEntities: ReadonlySet<string> = new Set(["import", "bulk"]);
const scoped: ReadonlySet<string> = new Set(scopedEntities);
/** Entities that are seen by who sees the commission of their person. */
const seenAs: Readonly<Record<string, ScopedEntity>> = {
  adjustment: "commission",
  dispute: "commission",
  statement: "commission",
};

/** Whom an event is hinted to; nobody for events that no screen shows live. */
export function hintsOf(event: SequencedEvent): OutgoingHint[] {
  const to = roomsOf(event);
  return to.length === 0 ? [] : [{ entity: event.entity, id: event.recordId, version: event.version, rooms: to }];
}

/** The room whose sockets are closed, because the event changes rights or ends a session; null for most events. */
export function closedRoomOf({ type, organizationId, recordId, changed }: SequencedEvent): string | null {
  switch (type) {
    case "team.created":
    case "team.changed":
    case "member.joined":
    case "role.changed":
      return rooms.organization(organizationId);
    case "member.changed":
      // Others see a member's records by the member's team.
      if (changed.includes("teamId")) return rooms.organization(organizationId);
      return recordId === null ? null : rooms.member(recordId);
    case "member.deactivated":
      return recordId === null ? null : rooms.member(recordId);
    case "session.ended":
      return recordId === null ? null : rooms.session(recordId);
    default:
      return null;
  }
}

function roomsOf({ organizationId, entity, recordId, ownerId, previousOwnerId }: SequencedEvent): string[] {
  if (sharedEntities.has(entity)) return [rooms.organization(organizationId)];
  if (personalEntities.has(entity)) return ownerId === null ? [] : [rooms.member(ownerId)];
  const sight = seenAs[entity] ?? entity;
  if (!scoped.has(sight)) return [];
  // An event about many records of several owners names none: everybody who sees any of them asks again.
  if (ownerId === null && recordId === null) return [rooms.organization(organizationId)];
  const owners = [ownerId, previousOwnerId].filter((owner) => owner !== null);
  return [rooms.all(organizationId, sight), ...owners.map((owner) => rooms.owner(organizationId, sight, owner))];
}

export type Realtime = {
  /** Sends hints to the sockets of all processes. */
  sendHints(hints: readonly OutgoingHint[]): void;
  /** Ends the sockets of this process and takes no more: an HTTP server that closes waits for them. */
  disconnect(): void;
  close(): Promise<void>;
};

type Options = {
  /** The server whose upgrades it takes; without one it only sends. */
  readonly server: HttpServer | undefined;
  readonly pool: Pool;
  readonly workplace: Pick<Workplace, "database">;
  readonly authenticate: Authenticate;
  readonly bus: Bus;
  readonly allowedOrigins: readonly string[];
  readonly logger: FastifyBaseLogger;
};

/** An owner's rooms a socket may be in; who sees more people than this asks by polling. */
const mostOwners = 2000;

export function openRealtime({
  server,
  pool,
  workplace,
  authenticate,
  bus,
  allowedOrigins,
  logger,
}: Options): Realtime {
  const io = new Server({
    serveClient: false,
    transports: ["websocket"],
    perMessageDeflate: false,
    maxHttpBufferSize: 10_000,
    ...(allowedOrigins.length === 0 ? {} : { cors: { origin: [...allowedOrigins] } }),
    adapter: createAdapter(pool, { errorHandler: (error: Error) => logger.warn({ err: error }, "realtime adapter") }),
  });
  if (server !== undefined) io.attach(server);
  io.use((socket, next) => {
    enter(socket, authenticate, workplace).then(
      () => next(),
      (error: unknown) => next(error instanceof Error ? error : new Error(String(error))),
    );
  });
  // Each process closes its own sockets; whoever may still connect comes back into the right rooms.
  bus.on("access", (message) => {
    if (message === "") return;
    io.local.in(message).emit(sessionChangedEvent);
    io.local.in(message).disconnectSockets(true);
  });
  return {
    sendHints(hints) {
      for (const { rooms: to, ...hint } of hints) io.to([...to]).emit(hintEvent, hint satisfies Hint);
    },
    disconnect() {
      if (server !== undefined) io.engine.close();
    },
    close: async () => {
      await io.close();
    },
  };
}

async function enter(
  socket: Socket,
  authenticate: Authenticate,
  workplace: Pick<Workplace, "database">,
): Promise<void> {
  const token: unknown = socket.handshake.auth["token"];
  const session = typeof token === "string" ? await authenticate(token) : null;
  if (session === null) throw new Error("not_signed_in");
  await socket.join(await roomsFor(session, workplace));
}

async function roomsFor({ actor }: Session, { database }: Pick<Workplace, "database">): Promise<string[]> {
  const { organizationId, memberId, sessionId } = actor;
  if (memberId === null || sessionId === null) return [];
  const own = [rooms.organization(organizationId), rooms.member(memberId), rooms.session(sessionId)];
  const db = database.session(sightOf(actor));
  const byEntity = await Promise.all(
    scopedEntities.map(async (entity: ScopedEntity) => {
      const reach = reachOf(actor, entity);
      if (reach === null) return [];
      if (reach === "all") return [rooms.all(organizationId, entity)];
      const { rows } = await sql<{ owner_id: string }>`${visibleOwners({ actor }, reach)} limit ${mostOwners}`.execute(
        db,
      );
      return rows.map(({ owner_id: ownerId }) => rooms.owner(organizationId, entity, ownerId));
    }),
  );
  return [...own, ...byEntity.flat()];
}
