import * as z from "zod/mini";
import { endpoint, page, pageQuery } from "../endpoint.ts";
import { duplicateEntities } from "./choices.ts";
import { MemberRef } from "../member-ref.ts";

export type DuplicateEntity = (typeof duplicateEntities)[number];

/** What two records have in common. */
export const duplicateReasons = ["email", "phone", "domain", "name", "near_name", "customer"] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

const likeness = {
  /** How likely it is the same, in percent. */
  score: z.int(),
  reasons: z.array(z.enum(duplicateReasons)),
};

const Twin = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  subtitle: z.nullable(z.string()),
  owner: z.nullable(MemberRef),
  version: z.int(),
});

export const DuplicateMatch = z.extend(Twin, likeness);
export type DuplicateMatch = z.output<typeof DuplicateMatch>;

export const DuplicatePair = z.object({ ...likeness, records: z.tuple([Twin, Twin]) });
export type DuplicatePair = z.output<typeof DuplicatePair>;

const said = (most: number) => z.optional(z.string().check(z.trim(), z.maxLength(most)));

export const matchDuplicates = endpoint(
  "GET",
  "/duplicates/matches",
  "Records in sight that look like what is about to be added, or like one that is here; the likeliest first",
  "signed-in",
  {
    query: z.strictObject({
      entity: z.enum(duplicateEntities),
      /** A record that is here, instead of what is said of a new one. */
      recordId: z.optional(z.uuid()),
      name: said(200),
      email: said(254),
      phone: said(40),
      website: said(200),
      /** Where a contact works. */
      customerId: z.optional(z.uuid()),
    }),
    reply: z.object({ items: z.array(DuplicateMatch) }),
  },
);

export const listDuplicates = endpoint(
  "GET",
  "/duplicates",
  "Pairs of records in sight that look like one, the likeliest first",
  "signed-in",
  { query: z.strictObject({ ...pageQuery, entity: z.enum(duplicateEntities) }), reply: page(DuplicatePair) },
);

export const dismissDuplicate = endpoint(
  "POST",
  "/duplicates/dismissals",
  "Says that two records are not the same, or takes that back; a dismissed pair is not suggested again",
  "signed-in",
  {
    body: z.strictObject({
      entity: z.enum(duplicateEntities),
      recordIds: z.tuple([z.uuid(), z.uuid()]),
      isDismissed: z.boolean(),
    }),
    status: 201,
    reply: z.object({ isDismissed: z.boolean() }),
  },
);
