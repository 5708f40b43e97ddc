import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { OpportunityId, StageId } from "@rainmaker/contracts/ids";
import { type Opportunity, type OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { moveOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import { type Stage } from "@rainmaker/contracts/sales/pipelines";
import { notifyManager } from "@tanstack/react-query";
import { announce } from "#lib/announce";
import { call, newKey } from "#lib/api";
import { hasCode } from "#lib/api-problem";
import { invalidateEntities } from "#lib/query";
import { createStore, useStore } from "#lib/store";
import { notify, notifyFailure, notifyUndo } from "#lib/toasts";

/** What a mover gives along with the stage. */
export type ClosingFacts = Omit<BodyOf<typeof moveOpportunity>, "stageId" | "fromStageId" | "afterId" | "seenVersion">;

type Target = Pick<Stage, "id" | "name" | "kind">;

export type Move = {
  /** As its person saw it. */
  readonly card: OpportunityCard;
  readonly to: Target;
  /** The card right above, null for the top; left out where the place does not matter. */
  readonly afterId?: OpportunityId | null;
  readonly facts?: ClosingFacts;
  /** Where undoing puts it back. */
  readonly from: { readonly stage: Target; readonly afterId?: OpportunityId | null };
  /** One for each intent. */
  readonly idempotencyKey?: string;
};

type Pending = { readonly card: OpportunityCard; readonly stageId: StageId; readonly afterId: OpportunityId | null };

const pending = createStore<readonly Pending[]>([]);

/** Moves that were sent and are not in what the screens have read yet. */
export function usePendingMoves(): readonly Pending[] {
  return useStore(pending);
}

/**
 * Moves an opportunity: shown at once, taken back where the server refuses, with ten seconds to undo. What a form asked
 * for is shown when the server has taken it: until then the form stays where it is, with what was typed.
 * @throws ApiProblem and Offline as the call does; see `moveAndTell`
 */
async function move({ card, to, afterId, facts, from, idempotencyKey = newKey() }: Move): Promise<Opportunity> {
  const shown: Pending = { card, stageId: to.id, afterId: afterId ?? null };
  const show = (): void => pending.set([...pending.get(), shown]);
  if (facts === undefined) show();
  const hide = (): void => pending.set(pending.get().filter((other) => other !== shown));
  try {
    const moved = await call(moveOpportunity, {
      params: { opportunityId: card.id },
      body: { stageId: to.id, fromStageId: card.stage.id, ...(afterId !== undefined && { afterId }), ...facts },
      idempotencyKey,
    });
    if (facts !== undefined) show();
    sayMoved(moved, to, from);
    // What was shown ahead goes when the screens have read it, so that nothing jumps back in between.
    void invalidateEntities(movedEntities).finally(() => notifyManager.schedule(hide));
    return moved;
  } catch (error) {
    hide();
    void invalidateEntities(movedEntities);
    throw error;
  }
}

const movedEntities = ["opportunity", "deal"];

function sayMoved(moved: Opportunity, to: Target, from: Move["from"]): void {
  const isReordered = to.id === from.stage.id;
  notifyUndo(isReordered ? `${moved.title} put elsewhere` : `${moved.title} moved to ${to.name}`, () =>
    moveAndTell({ card: moved, to: from.stage, ...placed(from.afterId), from: { stage: to } }),
  );
}

function placed(afterId: OpportunityId | null | undefined): { afterId?: OpportunityId | null } {
  return afterId === undefined ? {} : { afterId };
}

/**
 * The same; of a lost race is told in words.
 * @throws what its person can mend: the form that asked shows it
 */
export async function moveOrThrow(intent: Move): Promise<void> {
  try {
    await move(intent);
  } catch (error) {
    announce(`${intent.card.title} was not moved`);
    if (hasCode(error, "already_in_stage")) notify({ tone: "waiting", title: intent.card.title, detail: error.detail });
    else if (hasCode(error, "already_moved")) offerAgain(intent, error.detail, error.current as Opportunity);
    else throw error;
  }
}

/** The same, and whatever went wrong is said in words. */
export async function moveAndTell(intent: Move): Promise<void> {
  try {
    await moveOrThrow(intent);
  } catch (error) {
    notifyFailure(`${intent.card.title} was not moved`, error);
  }
}

/** Somebody was faster: theirs stands, ours is offered again. */
function offerAgain(intent: Move, sentence: string, current: Opportunity): void {
  const { to } = intent;
  const again: Move = { ...intent, card: current, from: { stage: current.stage }, idempotencyKey: newKey() };
  notify({
    tone: "failed",
    title: sentence,
    detail: `${current.title} stays there. Your move to ${to.name} was not made.`,
    action: { label: `Move to ${to.name}`, run: () => void moveAndTell(again) },
  });
}
