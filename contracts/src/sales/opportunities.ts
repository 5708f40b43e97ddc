import * as z from "zod/mini";
import { countedPage, countQuery, endpoint, pageQuery } from "../endpoint.ts";
import { ContactId, CustomerId, MemberId, OpportunityId, PipelineId, ProductId, StageId, TeamId } from "../ids.ts";
import { MoneyReply } from "../money.ts";
import { filterQuery } from "../records/filters.ts";
import { CustomValues } from "../records/custom-values.ts";
import { customOrder } from "../records/custom-types.ts";
import { orderedBy } from "../records/sorts.ts";
import { MemberRef } from "../member-ref.ts";
import { Day, Instant } from "../time.ts";
import { OpportunityView, opportunitySorts, stageKinds } from "./choices.ts";
import { text } from "./fields.ts";
import { OpportunityLine } from "./opportunity-lines.ts";
import { Freshness, freshnessStates } from "./freshness.ts";

export { OpportunityView, opportunityViews } from "./choices.ts";
export { OpportunityLine };

export const lostReasons = ["price", "competitor", "no_budget", "no_decision", "timing", "other"] as const;
export const LostReason = z.enum(lostReasons);

export const priorities = ["low", "medium", "high"] as const;
export const Priority = z.enum(priorities);

/** What part somebody plays in a sale on the customer's side. */
export const contactRoles = ["decision_maker", "champion", "influencer", "buyer", "user", "blocker", "other"] as const;
export const ContactRole = z.enum(contactRoles);

export const Opportunity = z.object({
  id: OpportunityId,
  /** OPP-n. */
  number: z.string(),
  title: z.string(),
  customer: z.nullable(z.object({ id: CustomerId, name: z.string() })),
  owner: z.nullable(MemberRef),
  pipelineId: PipelineId,
  stage: z.object({ id: StageId, name: z.string(), kind: z.enum(stageKinds), probability: z.int() }),
  /** Since when it is in this stage. */
  stageSince: Instant,
  /** Null while nobody put a value on it. */
  amount: z.nullable(MoneyReply),
  expectedCloseOn: z.nullable(Day),
  /** The day it was won or lost. */
  closedOn: z.nullable(Day),
  openedOn: Day,
  lostReason: z.nullable(LostReason),
  nextStep: z.nullable(z.string()),
  /** The day of the next step. */
  nextStepOn: z.nullable(Day),
  /** How long nobody has moved it or been in touch; null where that does not matter: closed, or no limit. */
  freshness: z.nullable(Freshness),
  /** Where it came from, in the organization's own words. */
  source: z.nullable(z.string()),
  priority: z.nullable(Priority),
  description: z.nullable(z.string()),
  lines: z.array(OpportunityLine),
  /** Sum of the lines; null where none has a price. */
  linesTotal: z.nullable(MoneyReply),
  /** Somebody set another amount than the lines add up to; otherwise it follows them. */
  isAmountOverridden: z.boolean(),
  /** Who takes part on the customer's side, as far as the viewer sees them. */
  contacts: z.array(
    z.object({ id: ContactId, name: z.string(), title: z.nullable(z.string()), role: z.nullable(ContactRole) }),
  ),
  /** The lines' products, each once. */
  products: z.array(z.object({ id: ProductId, name: z.string() })),
  externalId: z.nullable(z.string()),
  custom: CustomValues,
  createdAt: Instant,
  updatedAt: Instant,
  version: z.int(),
});
export type Opportunity = z.output<typeof Opportunity>;

/** What a card and a row show; the record itself has more. */
export const OpportunityCard = z.omit(Opportunity, {
  description: true,
  lines: true,
  linesTotal: true,
  isAmountOverridden: true,
  contacts: true,
  products: true,
  externalId: true,
  openedOn: true,
  custom: true,
});
export type OpportunityCard = z.output<typeof OpportunityCard>;

/** A row of the list: a card with the organization's own fields. */
export const OpportunityRow = z.extend(OpportunityCard, { custom: CustomValues });
export type OpportunityRow = z.output<typeof OpportunityRow>;

export const closingSoonDays = 14;

/** What narrows a list of opportunities, all of it together. */
export const opportunityNarrowing = {
  ...filterQuery,
  q: z.optional(z.string().check(z.maxLength(200))),
  pipelineId: z.optional(PipelineId),
  stageId: z.optional(StageId),
  kind: z.optional(z.enum(stageKinds)),
  ownerId: z.optional(MemberId),
  /** Owned by somebody of this team or of a team below it. */
  teamId: z.optional(TeamId),
  view: z.optional(OpportunityView),
  /** Open ones that are so fresh, or no longer. */
  freshness: z.optional(z.enum(freshnessStates)),
  customerId: z.optional(CustomerId),
  /** This contact takes part. */
  contactId: z.optional(ContactId),
  source: z.optional(text(80)),
  priority: z.optional(Priority),
  closeFrom: z.optional(Day),
  closeBy: z.optional(Day),
  /** Decimal, in the currency of the pipeline. */
  amountFrom: z.optional(z.string().check(z.regex(/^\d{1,15}(\.\d{1,4})?$/))),
  amountTo: z.optional(z.string().check(z.regex(/^\d{1,15}(\.\d{1,4})?$/))),
};

export const listOpportunities = endpoint(
  "GET",
  "/opportunities",
  "Opportunities the viewer sees",
  "opportunity.read",
  {
    query: z.strictObject({
      ...pageQuery,
      ...countQuery,
      ...opportunityNarrowing,
      sort: z.optional(orderedBy([...opportunitySorts, customOrder])),
    }),
    reply: countedPage(OpportunityRow),
  },
);

export const opportunityParams = z.strictObject({ opportunityId: OpportunityId });

export const getOpportunity = endpoint("GET", "/opportunities/{opportunityId}", "One opportunity", "opportunity.read", {
  params: opportunityParams,
  reply: z.extend(Opportunity, {
    /** Stages it has been in, with the seconds spent in each; the current one counts until now. */
    path: z.array(z.object({ stageId: StageId, seconds: z.int() })),
  }),
});
