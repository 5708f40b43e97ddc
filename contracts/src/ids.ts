import * as z from "zod/mini";

/** Every id is a UUID version 7 made by the application; the brand keeps a payment's id out of a deal's place. */
const id = <Name extends string>() => z.uuid().brand<Name>();

export const OrganizationId = id<"organization">();
export const AccountId = id<"account">();
export const MemberId = id<"member">();
export const TeamId = id<"team">();
export const InvitationId = id<"invitation">();
export const SessionId = id<"session">();
export const CustomerId = id<"customer">();
export const ContactId = id<"contact">();
export const InteractionId = id<"interaction">();
export const ProductId = id<"product">();
export const PipelineId = id<"pipeline">();
export const StageId = id<"stage">();
export const OpportunityId = id<"opportunity">();
export const OpportunityLineId = id<"opportunity_line">();
export const DealId = id<"deal">();
export const PaymentId = id<"payment">();
export const PlanId = id<"plan">();
export const GoalId = id<"goal">();
export const FileId = id<"file">();
export const ImportId = id<"import">();
export const EventId = id<"event">();

export type OrganizationId = z.output<typeof OrganizationId>;
export type AccountId = z.output<typeof AccountId>;
export type MemberId = z.output<typeof MemberId>;
export type TeamId = z.output<typeof TeamId>;
export type InvitationId = z.output<typeof InvitationId>;
export type SessionId = z.output<typeof SessionId>;
export type CustomerId = z.output<typeof CustomerId>;
export type ContactId = z.output<typeof ContactId>;
export type InteractionId = z.output<typeof InteractionId>;
export type ProductId = z.output<typeof ProductId>;
export type PipelineId = z.output<typeof PipelineId>;
export type StageId = z.output<typeof StageId>;
export type OpportunityId = z.output<typeof OpportunityId>;
export type DealId = z.output<typeof DealId>;
export type PaymentId = z.output<typeof PaymentId>;
export type PlanId = z.output<typeof PlanId>;
export type GoalId = z.output<typeof GoalId>;
export type FileId = z.output<typeof FileId>;
export type ImportId = z.output<typeof ImportId>;
export type EventId = z.output<typeof EventId>;
