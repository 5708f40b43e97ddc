import * as z from "zod/mini";
import { endpoint, pageQuery } from "../endpoint.ts";
import { MemberId, PipelineId, TeamId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { Day, Instant } from "../time.ts";
import { OpportunityView } from "./choices.ts";
import { freshnessStates } from "./freshness.ts";
import { OpportunityCard } from "./opportunities.ts";
import { Pipeline, Stage } from "./pipelines.ts";

/** Sums of one currency. Weighted by each stage's probability. */
export const StageSum = z.object({ currency: z.string(), amount: MoneyReply, weighted: MoneyReply });

export const BoardColumn = z.object({
  stage: Stage,
  count: z.int(),
  /** Opportunities without a value count, and add nothing here. */
  sums: z.array(StageSum),
  /** The first 50 by rank; won and lost columns bring none. */
  cards: z.array(OpportunityCard),
  nextCursor: z.nullable(z.string()),
});

const boardFilters = {
  ownerId: z.optional(MemberId),
  /** Owned by somebody of this team or of a team below it. */
  teamId: z.optional(TeamId),
  /** Open opportunities expected to close on or before this day. */
  closeBy: z.optional(Day),
  /** Open opportunities that are so fresh, or no longer. */
  freshness: z.optional(z.enum(freshnessStates)),
};

export const readBoard = endpoint(
  "GET",
  "/pipelines/{pipelineId}/board",
  "Columns with count, sums and first cards",
  "opportunity.read",
  {
    params: z.strictObject({ pipelineId: PipelineId }),
    query: z.strictObject({
      ...boardFilters,
      view: z.optional(OpportunityView),
      limit: pageQuery.limit,
      /**
       * As it was at this instant, or at the end of this day: stages, values, dates and owners of then, of what the viewer sees today. Not with a
       * view or a freshness.
       */
      asOf: z.optional(z.union([Instant, Day])),
    }),
    reply: z.object({ pipeline: Pipeline, columns: z.array(BoardColumn) }),
  },
);

export const readAttention = endpoint(
  "GET",
  "/pipelines/{pipelineId}/attention",
  "How many open opportunities each view holds, and what they are worth",
  "opportunity.read",
  {
    params: z.strictObject({ pipelineId: PipelineId }),
    query: z.strictObject(boardFilters),
    reply: z.object({
      views: z.array(
        z.object({
          view: OpportunityView,
          count: z.int(),
          /** One for each currency. */
          sums: z.array(MoneyReply),
        }),
      ),
    }),
  },
);
