/**
 * What a server pushes: that something changed, nothing about it. The client asks again, and the database decides
 * what it may see.
 */
export type Hint = {
  readonly entity: string;
  /** Null where it is about many. */
  readonly id: string | null;
  readonly version: number | null;
};

export const hintEvent = "hint";
/** Sent before the server closes a socket because its session or its member's rights changed. */
export const sessionChangedEvent = "session-changed";
