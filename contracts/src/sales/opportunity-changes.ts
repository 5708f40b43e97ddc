// What is done to opportunities. What they are, and how they are read, is in opportunities.ts.
import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { ContactId, CustomerId, MemberId, OpportunityId, PipelineId, ProductId, StageId } from "../ids.ts";
import { UnsignedMoney } from "../money.ts";
import { CustomInput } from "../records/custom-values.ts";
import { Day } from "../time.ts";
import { optionalText, text } from "./fields.ts";
import { ContactRole, LostReason, Opportunity, opportunityParams, Priority } from "./opportunities.ts";

const Title = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
const ExternalId = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));

const facts = {
  source: optionalText(80),
  priority: z.optional(z.nullable(Priority)),
  description: optionalText(10_000),
  /** All its lines; the amount follows their sum unless one is given with them. Not together with productIds. */
  lines: z.optional(
    z
      .array(
        z.strictObject({
          productId: ProductId,
          description: optionalText(500),
          /** One unless given. */
          quantity: z.optional(z.string().check(z.regex(/^(?=.*[1-9])\d{1,9}(\.\d{1,3})?$/))),
          /** The list price unless given; null for none yet. */
          unitPrice: z.optional(z.nullable(UnsignedMoney)),
          discountPercent: z.optional(z.string().check(z.regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/))),
        }),
      )
      .check(z.maxLength(200)),
  ),
  /** Contacts the caller does not see stay as they are. */
  contacts: z.optional(
    z.array(z.strictObject({ contactId: ContactId, role: z.optional(z.nullable(ContactRole)) })).check(z.maxLength(50)),
  ),
  /** Products alone: those that are lines already stay as they are, others become lines without a price. */
  productIds: z.optional(z.array(ProductId).check(z.maxLength(50))),
  custom: z.optional(CustomInput),
};

export const createOpportunity = endpoint("POST", "/opportunities", "Open an opportunity", "opportunity.create", {
  body: z.strictObject({
    title: Title,
    customerId: z.optional(z.nullable(CustomerId)),
    amount: z.optional(z.nullable(UnsignedMoney)),
    expectedCloseOn: z.optional(z.nullable(Day)),
    /** The default pipeline unless given. */
    pipelineId: z.optional(PipelineId),
    /** The pipeline's first open stage unless given. */
    stageId: z.optional(StageId),
    nextStep: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(200)))),
    nextStepOn: z.optional(z.nullable(Day)),
    ...facts,
    externalId: z.optional(z.nullable(ExternalId)),
    /** The caller, unless given; giving somebody else needs opportunity.assign. */
    ownerId: z.optional(MemberId),
  }),
  status: 201,
  reply: Opportunity,
});

export const updateOpportunity = endpoint(
  "PATCH",
  "/opportunities/{opportunityId}",
  "Change an opportunity; its stage changes by moves",
  "opportunity.edit",
  {
    params: opportunityParams,
    body: z.strictObject({
      title: z.optional(Title),
      customerId: z.optional(z.nullable(CustomerId)),
      /** Null takes it back to the sum of the lines. */
      amount: z.optional(z.nullable(UnsignedMoney)),
      expectedCloseOn: z.optional(z.nullable(Day)),
      nextStep: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(200)))),
      nextStepOn: z.optional(z.nullable(Day)),
      ...facts,
      externalId: z.optional(z.nullable(ExternalId)),
      ownerId: z.optional(z.nullable(MemberId)),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Opportunity,
  },
);

export const moveOpportunity = endpoint(
  "POST",
  "/opportunities/{opportunityId}/moves",
  "Move to a stage, or within it; what the stage needs and the sale lacks can be given along",
  "opportunity.edit",
  {
    params: opportunityParams,
    body: z.strictObject({
      stageId: StageId,
      /** The stage the mover saw it in: if somebody moved it since, the answer is 409 with where it is now. */
      fromStageId: z.optional(StageId),
      /** Put it right below this card; null for the top. Left out: the top of a new stage. */
      afterId: z.optional(z.nullable(OpportunityId)),
      lostReason: z.optional(LostReason),
      /** What Won needs and the opportunity lacks can be given with the move. */
      amount: z.optional(UnsignedMoney),
      customerId: z.optional(CustomerId),
      custom: z.optional(CustomInput),
      /** The day it was won or lost; today unless given. */
      closedOn: z.optional(Day),
      /** What the stage asks for besides. */
      expectedCloseOn: z.optional(Day),
      nextStep: z.optional(text(200).check(z.minLength(1))),
      nextStepOn: z.optional(Day),
      source: z.optional(text(80).check(z.minLength(1))),
      priority: z.optional(Priority),
      description: z.optional(text(10_000).check(z.minLength(1))),
      seenVersion: z.optional(z.int()),
    }),
    reply: Opportunity,
  },
);

export const deleteOpportunity = endpoint(
  "DELETE",
  "/opportunities/{opportunityId}",
  "Move an opportunity to the trash",
  "opportunity.delete",
  {
    params: opportunityParams,
    versioned: true,
    status: 204,
  },
);

export const restoreOpportunity = endpoint(
  "POST",
  "/opportunities/{opportunityId}/restorations",
  "Take an opportunity back from the trash",
  "opportunity.delete",
  {
    params: opportunityParams,
    status: 201,
    reply: Opportunity,
  },
);
