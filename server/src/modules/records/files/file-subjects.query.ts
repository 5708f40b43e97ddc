import type { Context } from "#platform/context";
import type { Provided } from "#platform/port";
import { notFound } from "#platform/errors";

/** Refuses with 404 unless the viewer sees the record a file belongs to. */
export type SubjectCheck = (ctx: Context, subjectId: string) => Promise<void>;

const checks = new Map<string, SubjectCheck>();

/** Says who sees the files of an entity: whoever sees the record. Listed in the `provides` of the entity's module. */
export function provideFileSubject(subject: string, check: SubjectCheck): Provided {
  return { connect: () => void checks.set(subject, check), disconnect: () => void checks.delete(subject) };
}

/** @throws Refusal 404; also where nobody says who may see such files */
export async function requireSubjectInSight(ctx: Context, subject: string, subjectId: string): Promise<void> {
  const check = checks.get(subject);
  if (check === undefined) throw notFound("file");
  await check(ctx, subjectId);
}

/** Entities whose files can be read: the leak matrix goes through them. */
export function fileSubjects(): string[] {
  return [...checks.keys()];
}
