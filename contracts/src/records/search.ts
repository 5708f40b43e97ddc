import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";

export const searchRecords = endpoint("GET", "/search", "Find records by number, name or title", "signed-in", {
  query: z.strictObject({
    q: z.string().check(z.maxLength(2000)),
    limit: z.optional(z.string().check(z.regex(/^([1-9]|1\d|20)$/))),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        entity: z.string(),
        id: z.uuid(),
        number: z.nullable(z.string()),
        title: z.string(),
        subtitle: z.nullable(z.string()),
      }),
    ),
  }),
});
