import { createKeptStore } from "#lib/kept-store";
import { useUser } from "#lib/session";
import { useStore } from "#lib/store";
import { blankDraft, isBlank, type About, type Draft } from "./interaction-draft.ts";

const drafts = createKeptStore<Readonly<Record<string, Draft>>>("interaction-drafts", {});

/** What is being written about something, also after a reload. */
export function useDraft(about: About): readonly [Draft, (next: Draft) => void] {
  const key = keyOf(useUser().id, about);
  return [useStore(drafts)[key] ?? blankDraft, (next) => keepDraft(key, next)];
}

export function keyOf(userId: string, { opportunityId, contactId, customerId }: About): string {
  return `${userId}/${opportunityId ?? contactId ?? customerId ?? ""}`;
}

export function keepDraft(key: string, draft: Draft): void {
  const others = Object.entries(drafts.get()).filter(([other]) => other !== key);
  const isNone = isBlank(draft) && draft.kind === blankDraft.kind;
  drafts.set(Object.fromEntries(isNone ? others : [...others, [key, draft]]));
}
