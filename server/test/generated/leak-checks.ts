import { expect } from "vitest";
import type { Reply as Answer } from "../calling.ts";
import { recordsOf, seenBy, type Kind, type Scene, type Viewer } from "./sight.ts";

type Reply = Answer<any>;

/** Asks the route as the viewer, with these parameters. */
export type Ask = (params?: Record<string, string>, query?: Record<string, string>) => Promise<Reply>;

export type Check = (scene: Scene, viewer: Viewer, ask: Ask) => Promise<void>;

/** Who sees what of a route. */
export type Entry = {
  /** How each viewer's sight is tried. */
  readonly check: Check;
  /** Why everybody of the organization who may ask is told the same. */
  readonly why?: string;
  /** Its permission is to read of everything in the organization. */
  readonly tellsAll?: true;
  /** What has to be asked to get an answer. */
  readonly query?: Record<string, string>;
};

/** Exactly the records in sight, page by page, and as many as are counted. */
export function list(kind: Kind, query: Record<string, string> = {}, isCounted = false): Entry {
  return {
    async check(scene, viewer, ask) {
      expect(recordsOf(scene, kind)).not.toEqual([]);
      const seen = seenBy(scene, viewer, kind);
      if (seen === null) return expectForbidden(await ask({}, query));
      const ids: string[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const { status, text, body } = await ask({}, { ...query, limit: "2", ...(cursor === "" ? {} : { cursor }) });
        expect(status, text).toBe(200);
        ids.push(...body.items.map((item: { id?: string; payment?: { id: string } }) => item.id ?? item.payment?.id));
        cursor = body.nextCursor;
      }
      expect(ids.toSorted()).toEqual(seen);
      if (!isCounted) return;
      const counted = await ask({}, { ...query, limit: "1", count: "exact" });
      expect(counted.body.count).toBe(seen.length);
    },
  };
}

/** Counts exactly the records in sight, whole and in groups. */
export function totals(kind: Kind, groupBy: string): Entry {
  return {
    async check(scene, viewer, ask) {
      const seen = seenBy(scene, viewer, kind);
      const reply = await ask({}, { groupBy });
      if (seen === null) return expectForbidden(reply);
      const groups: { count: number }[] = reply.body.groups;
      const inGroups = groups.reduce((sum, { count }) => sum + count, 0);
      expect([reply.body.count, inGroups]).toEqual([seen.length, seen.length]);
    },
  };
}

/** Each record in sight, and 404 for each one that is not. */
export function single(kind: Kind, parameter: string): Entry {
  return {
    async check(scene, viewer, ask) {
      const seen = seenBy(scene, viewer, kind);
      for (const { id } of recordsOf(scene, kind)) {
        const reply = await ask({ [parameter]: id });
        if (seen === null) expectForbidden(reply);
        else expect([id, reply.status]).toEqual([id, seen.includes(id) ? 200 : 404]);
      }
    },
  };
}

/** 403: the viewer may not ask at all. */
export function expectForbidden({ status, body }: Reply): void {
  expect([status, body.code]).toEqual([403, "permission_missing"]);
}

/** Everybody of the organization who may ask is told the same; records that are hidden are not in it. */
export function shared(why: string, query: Readonly<Record<string, string>> = {}): Entry {
  return {
    why,
    async check({ people }, _, ask) {
      const { status, text } = await ask({ memberId: people.ana.id, token: "a".repeat(40) }, query);
      expect([200, 403, 404], text).toContain(status);
    },
  };
}
