import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { InteractionId, MemberId } from "@rainmaker/contracts/ids";
import type { TimelineEntry } from "@rainmaker/contracts/records/records";
import {
  deleteInteraction,
  logInteraction,
  restoreInteraction,
  updateInteraction,
  type Interaction,
} from "@rainmaker/contracts/sales/interactions";
import { call, newKey } from "#lib/api";
import { Offline } from "#lib/api-problem";
import { createKeptStore } from "#lib/kept-store";
import { today } from "#lib/format";
import { connectionStore } from "#lib/offline";
import { invalidateEntities } from "#lib/query";
import { useUser } from "#lib/session";
import { useStore } from "#lib/store";
import { notifyFailure, notifyUndo } from "#lib/toasts";
import { keepDraft, keyOf } from "./drafts.ts";
import { bodyOf, type About, type Draft, type Facts, type InteractionBody } from "./interaction-draft.ts";
import { kindObjects } from "./interaction-words.ts";

/** Shown as done, and not yet confirmed. */
export type Unconfirmed = {
  /** The idempotency key: however often it is sent, it counts once. */
  readonly key: string;
  readonly userId: string;
  readonly about: About;
  readonly body: InteractionBody;
  readonly contacts: Facts["contacts"];
  readonly at: string;
  /** waiting: the network is away; it is sent when that is back. */
  readonly state: "sending" | "waiting";
  /** What it became, while the timeline is asked again. */
  readonly savedId?: InteractionId;
};

const unconfirmed = createKeptStore<readonly Unconfirmed[]>("interactions-unconfirmed", []);
/** A follow-up changes what is late; a contact's own page shows its interactions. */
const entities = ["interaction"];

/** A gap too short to count as being offline ends without anybody saying so. */
const retryMs = 5000;
let isSending = false;

// After a reload nobody knows any more whether an answer is on its way.
unconfirmed.set(unconfirmed.get().map((one) => ({ ...one, state: "waiting" })));
connectionStore.subscribe(() => void sendWaiting());
void sendWaiting();

/** What was just logged about something, until the timeline has it. */
export function useUnconfirmed(
  { opportunityId, customerId, contactId }: About,
  told: readonly TimelineEntry[],
): readonly Unconfirmed[] {
  const me = useUser().id;
  return useStore(unconfirmed).filter(
    ({ about, userId, savedId }) =>
      userId === me &&
      (savedId === undefined || !told.some(({ interaction }) => interaction?.id === savedId)) &&
      (opportunityId !== undefined
        ? about.opportunityId === opportunityId
        : contactId !== undefined
          ? about.contactId === contactId
          : about.customerId === customerId),
  );
}

/**
 * Logs it: shown at once, sent, and kept until the network is back where it is away.
 * @throws ApiProblem where the server refuses; the draft is there again then
 */
export async function logDraft(userId: MemberId, about: About, draft: Draft, facts: Facts): Promise<void> {
  const isAway = connectionStore.get().kind === "offline";
  const at = new Date().toISOString();
  const one: Unconfirmed = {
    key: newKey(),
    userId,
    about,
    // Sent later, it still happened now.
    body: { ...(isAway && { occurredAt: at }), ...bodyOf(draft, facts, about, today()) },
    contacts: facts.contacts,
    at,
    state: isAway ? "waiting" : "sending",
  };
  unconfirmed.set([...unconfirmed.get(), one]);
  keepDraft(keyOf(userId, about), { kind: draft.kind, text: "" });
  try {
    if (!isAway) await deliver(one);
  } catch (error) {
    keepDraft(keyOf(userId, about), draft);
    throw error;
  }
}

async function deliver(one: Unconfirmed): Promise<void> {
  change(one.key, { state: "sending" });
  try {
    const saved = await call(logInteraction, { body: one.body, idempotencyKey: one.key });
    change(one.key, { savedId: saved.id });
    await invalidateEntities(entities);
    drop(one.key);
    notifyUndo(`Logged ${kindObjects[saved.kind]}`, () => remove(saved));
  } catch (error) {
    if (error instanceof Offline) {
      change(one.key, { state: "waiting" });
      setTimeout(() => void sendWaiting(), retryMs);
      return;
    }
    drop(one.key);
    throw error;
  }
}

/** In the order they were written. */
async function sendWaiting(): Promise<void> {
  if (isSending || connectionStore.get().kind === "offline") return;
  isSending = true;
  for (const one of unconfirmed.get().filter(({ state }) => state === "waiting")) {
    await deliver(one).catch((error: unknown) =>
      notifyFailure(`${one.body.body ?? "An interaction"} was not logged`, error),
    );
  }
  isSending = false;
}

/** It is not wanted any more, before it was sent. */
export function withdraw(key: string): void {
  drop(key);
}

function drop(key: string): void {
  unconfirmed.set(unconfirmed.get().filter((one) => one.key !== key));
}

function change(key: string, changes: Partial<Unconfirmed>): void {
  unconfirmed.set(unconfirmed.get().map((one) => (one.key === key ? { ...one, ...changes } : one)));
}

/** Moves it to the trash and offers to take it back. */
export async function deleteWithUndo(interaction: Interaction): Promise<void> {
  try {
    await remove(interaction);
    notifyUndo(`Deleted ${kindObjects[interaction.kind]}`, () => restore(interaction.id));
  } catch (error) {
    notifyFailure(`${interaction.subject} stays`, error);
  }
}

async function remove({ id, version }: Pick<Interaction, "id" | "version">): Promise<void> {
  await call(deleteInteraction, { params: { interactionId: id }, seenVersion: version });
  await invalidateEntities(entities);
}

async function restore(interactionId: InteractionId): Promise<void> {
  await call(restoreInteraction, { params: { interactionId } });
  await invalidateEntities(entities);
}

export function saveInteraction(
  interactionId: InteractionId,
  body: BodyOf<typeof updateInteraction>,
  seenVersion: number,
): Promise<Interaction> {
  return call(updateInteraction, { params: { interactionId }, body, seenVersion });
}
