import * as z from "zod/mini";
import { countedPage, endpoint, pageQuery } from "../endpoint.ts";
import { CustomerId, MemberId, OpportunityId, PipelineId, StageId, TeamId } from "../ids.ts";
import { MemberRef } from "../member-ref.ts";
import { MoneyReply } from "../money.ts";
import { Day } from "../time.ts";
import { stageKinds } from "./pipelines.ts";

const asked = {
  /** First and last day, at most five years apart. The last twelve months unless given. */
  from: z.optional(Day),
  to: z.optional(Day),
  /** The pipeline's unless given; currencies are never added up. */
  currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))),
  ownerId: z.optional(MemberId),
  /** Owned by somebody of this team or of a team below it. */
  teamId: z.optional(TeamId),
};

/**
 * What rows are counted. entered, wentOn, lostFrom, stillThere: by stage, of what entered it in the period; left: by
 * stage, of what left it; age: by days since it was opened, of what is open now; slipped: whose close date was put off;
 * won and lost: what closed, by nothing, source, product or owner.
 */
export const figures = [
  "entered",
  "wentOn",
  "lostFrom",
  "stillThere",
  "left",
  "age",
  "slipped",
  "won",
  "lost",
  "wonBySource",
  "lostBySource",
  "wonByProduct",
  "lostByProduct",
  "wonByOwner",
  "lostByOwner",
] as const;
export const Figure = z.enum(figures);
export type Figure = z.output<typeof Figure>;

/** Days since it was opened, from the first to before the next. */
export const ageBuckets = [0, 8, 15, 31, 61, 91] as const;

/** A figure and what opens it: `figure` and `key` name its rows. What is lost counts, and is worth nothing. */
export const FigureCell = z.object({
  figure: Figure,
  key: z.string(),
  count: z.int(),
  amount: MoneyReply,
});
export type FigureCell = z.output<typeof FigureCell>;

const StageRef = z.object({ id: StageId, name: z.string(), kind: z.enum(stageKinds) });

/** Won of what closed, four decimals; null where nothing closed. */
const Rate = z.nullable(z.string());

export const WinRate = z.object({
  key: z.string(),
  /** Null for what has none. */
  label: z.nullable(z.string()),
  won: FigureCell,
  lost: FigureCell,
  rate: Rate,
});
export type WinRate = z.output<typeof WinRate>;

const params = z.strictObject({ pipelineId: PipelineId });

export const readAnalysis = endpoint(
  "GET",
  "/pipelines/{pipelineId}/analysis",
  "Conversion by stage, velocity, age, put-off closings, and win rates by source, product and owner",
  "opportunity.read",
  {
    params,
    query: z.strictObject(asked),
    reply: z.object({
      from: Day,
      to: Day,
      currency: z.string(),
      /** Of what entered each open stage: what went on to a later one or was won, was lost, or is still open. */
      conversion: z.array(
        z.object({
          stage: StageRef,
          entered: FigureCell,
          wentOn: FigureCell,
          lost: FigureCell,
          stillThere: FigureCell,
          /** wentOn of entered, four decimals. */
          rate: Rate,
        }),
      ),
      velocity: z.object({
        won: FigureCell,
        lost: FigureCell,
        rate: Rate,
        /** Days from opening to winning, one decimal; null where nothing was won. */
        averageDays: z.nullable(z.string()),
        medianDays: z.nullable(z.string()),
        /** Days in each stage, of what left it in the period. */
        stages: z.array(z.object({ stage: StageRef, left: FigureCell, medianDays: z.nullable(z.string()) })),
      }),
      age: z.array(z.object({ fromDays: z.int(), toDays: z.nullable(z.int()), open: FigureCell })),
      slippage: z.object({
        slipped: FigureCell,
        /** Days that closings were put off by, on average, one decimal. */
        averageDays: z.nullable(z.string()),
      }),
      bySource: z.array(WinRate),
      byProduct: z.array(WinRate),
      byOwner: z.array(WinRate),
    }),
  },
);

export const AnalysisRow = z.object({
  id: OpportunityId,
  number: z.string(),
  title: z.string(),
  customer: z.nullable(z.object({ id: CustomerId, name: z.string() })),
  owner: z.nullable(MemberRef),
  stage: StageRef,
  /** What it adds to the figure. */
  amount: MoneyReply,
});
export type AnalysisRow = z.output<typeof AnalysisRow>;

export const listAnalysisRows = endpoint(
  "GET",
  "/pipelines/{pipelineId}/analysis/rows",
  "The opportunities behind one figure of the analysis, newest first, with their number and sum",
  "opportunity.read",
  {
    params,
    query: z.strictObject({
      ...asked,
      ...pageQuery,
      figure: Figure,
      /** As the figure has it; nothing for the figure without one. */
      key: z.optional(z.string().check(z.maxLength(80))),
    }),
    reply: z.extend(countedPage(AnalysisRow), { amount: MoneyReply }),
  },
);
