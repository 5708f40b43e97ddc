import {
  makeContact,
  makeCustomer,
  makeDeal,
  makeOpportunity,
  makePayment,
  makeProduct,
  makeRole,
  pipelineOf,
  stageNamed,
} from "../make.ts";
import type { TestApp } from "../app.ts";
import { makeAdjustment, makePlan } from "./calls-of-plans.ts";
import { makeProject, makeRefund } from "./calls-of-revenue.ts";
import { closeUntil } from "./closing.ts";
import type { Company } from "./company.ts";

/** Records of a company by the name that requests call their ids by. @returns asks for one of them */
export async function foreignIds(app: TestApp, company: Company): Promise<(property: string) => string> {
  const { organization, rep, manager, teamId } = company;
  const customer = await makeCustomer(app, rep);
  const product = await makeProduct(app, company.admin);
  const contact = await makeContact(app, rep);
  const opportunity = await makeOpportunity(app, rep);
  const deal = await makeDeal(app, { rep, manager });
  const { body: legalEntity } = await app.call("POST", "/legal-entities", {
    token: company.admin.token,
    body: { name: "Theirs" },
  });
  const payment = await makePayment(app, { rep, dealId: deal.id });
  const pipeline = await pipelineOf(app, rep);
  const stage = stageNamed(pipeline, "Lost");
  const made = { entity: "customer", name: "Theirs", isShared: true, filter: { match: "all", rules: [] } };
  const { body: view } = await app.call("POST", "/views", { token: rep.token, body: made });
  const role = await makeRole(app, company.admin);
  const { body: field } = await app.call("POST", "/custom-fields", {
    token: company.admin.token,
    body: { entity: "contact", type: "text", label: "Theirs" },
  });
  const statements = await closeUntil(app, company, "2026-01", "closing");
  const ids: Readonly<Record<string, string>> = {
    organizationId: organization.id,
    customerId: customer.id,
    contactId: contact.id,
    contactIds: contact.id,
    opportunityId: opportunity.id,
    opportunityIds: opportunity.id,
    dealId: deal.id,
    projectId: (await makeProject(app, company)).id,
    revisionId: await makeRevision(app, rep, deal.id),
    legalEntityId: legalEntity.id,
    paymentId: payment.id,
    planId: (await makePlan(app, company)).id,
    adjustmentId: await makeAdjustment(app, company),
    refundId: (await makeRefund(app, company)).id,
    recordId: payment.id,
    afterId: opportunity.id,
    pipelineId: pipeline.id,
    stageId: stage.id,
    fromStageId: stage.id,
    requiredStageId: stage.id,
    fieldIds: field.id,
    productIds: product.id,
    ownerId: rep.id,
    memberId: rep.id,
    memberIds: rep.id,
    mentionedIds: rep.id,
    authorId: rep.id,
    participantId: rep.id,
    actorId: rep.id,
    leaderId: rep.id,
    statementIds: statements[0]?.id,
    teamId,
    teamIds: teamId,
    roleId: role.id,
    customRoleIds: role.id,
    parentId: teamId,
    viewIds: view.id,
    unpinnedIds: view.id,
    defaultViewId: view.id,
  };
  return (property) => {
    const id = ids[property];
    if (id === undefined) {
      throw new Error(`Say which record "${property}" names: add it to server/test/generated/foreign-ids.ts`);
    }
    return id;
  };
}

async function makeRevision(app: TestApp, { token }: Company["rep"], dealId: string): Promise<string> {
  const body = { kind: "cancellation", reason: "They went out of business" };
  return (await app.call("POST", `/deals/${dealId}/revisions`, { token, body })).body.revisions[0].id;
}
