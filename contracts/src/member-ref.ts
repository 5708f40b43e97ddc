import * as z from "zod/mini";
import { MemberId } from "./ids.ts";

/** Person as shown beside a record. */
export const MemberRef = z.object({ id: MemberId, name: z.string() });
export type MemberRef = z.output<typeof MemberRef>;
