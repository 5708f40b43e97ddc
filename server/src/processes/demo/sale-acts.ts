import * as changes from "@rainmaker/contracts/revenue/deal-changes";
import * as deals from "@rainmaker/contracts/revenue/deals";
import * as opportunities from "@rainmaker/contracts/sales/opportunities";
import * as sales from "@rainmaker/contracts/sales/opportunity-changes";
import type { OpportunityId } from "@rainmaker/contracts/ids";
import { addDays } from "@rainmaker/contracts/time";
import type { InProcessApi } from "../in-process-api.ts";
import type { Act } from "./act.ts";
import type { Company } from "./company.ts";
import { paymentActs } from "./payment-acts.ts";
import { dollars, type Scene } from "./scene.ts";
import type { DemoSale } from "./story.ts";

/** Everything that happens to one sale. */
export function saleActs(api: InProcessApi, company: Company, sale: DemoSale): Act[] {
  const made: Made = {};
  const minute = 480 + ((sale.index * 37) % 420);
  const seller = company.person(sale.seller);
  const scene: Scene = {
    api,
    company,
    sale,
    act: (day, order, run) => ({ day, minute: minute + order, lane: `sale ${sale.index}`, run }),
    key: (act) => `demo-${sale.index}-${act}`,
    deal: async () => {
      const query = { opportunityId: made.opportunityId as OpportunityId };
      const [deal] = (await api.send(seller, deals.listDeals, { query })).items;
      if (deal === undefined) throw new Error(`sale ${sale.index} was won and has no deal`);
      return deal;
    },
  };
  const move = (day: string, order: number, to: Omit<MoveBody, "fromStageId">, name: string): Act =>
    scene.act(day, order, (at) => {
      const params = { opportunityId: made.opportunityId as OpportunityId };
      return api.send(seller, sales.moveOpportunity, { params, body: to, key: scene.key(name) }, at);
    });
  const open = scene.act(sale.openedOn, 0, async (at) => {
    made.opportunityId = await openOpportunity(scene, at);
  });
  const [, ...laterStages] = company.stages.open;
  const moves = laterStages
    .slice(0, sale.moves.length)
    .map((stageId, place) => move(sale.moves[place] ?? sale.openedOn, place + 1, { stageId }, `move-${place}`));
  moves.push(...putOff(scene, made));
  if (sale.closedOn === null || sale.outcome === "open") return [open, ...moves];
  if (sale.outcome === "lost") {
    const lost = { stageId: company.stages.lost, lostReason: sale.lostReason ?? ("other" as const) };
    return [open, ...moves, move(sale.closedOn, 20, lost, "lost")];
  }
  return [open, ...moves, move(sale.closedOn, 20, { stageId: company.stages.won }, "won"), ...dealActs(scene)];
}

type Made = { opportunityId?: OpportunityId };
type MoveBody = (typeof sales.moveOpportunity)["body"]["_zod"]["output"];

/** The manager enters it for the rep, so that its history shows two people. */
async function openOpportunity({ api, company, sale, key }: Scene, at: Date): Promise<OpportunityId> {
  const body = {
    title: sale.title,
    customerId: company.customer(sale.customer),
    amount: dollars(sale.amount),
    expectedCloseOn: firstCloseOf(sale),
    source: sources[sale.index % sources.length],
    nextStep: sale.outcome === "open" ? sale.nextStep : null,
    ownerId: company.person(sale.seller).memberId,
  };
  const by = company.person(sale.manager);
  return (await api.send(by, sales.createOpportunity, { body, key: key("open") }, at)).id;
}

const sources = ["Referral", "Website", "Trade fair", "Outbound", "Partner"];

/** Every sixth of the longer sales was meant to close two weeks earlier than it did. */
function isPutOff({ index, openedOn, ...sale }: DemoSale): boolean {
  return index % 6 === 0 && addDays(openedOn, 30) < (sale.closedOn ?? sale.expectedCloseOn);
}

function firstCloseOf(sale: DemoSale): string {
  const closesOn = sale.closedOn ?? sale.expectedCloseOn;
  return isPutOff(sale) ? addDays(closesOn, -14) : closesOn;
}

/** The seller moves the close date on the day before it. */
function putOff({ api, company, sale, act }: Scene, made: Made): Act[] {
  if (!isPutOff(sale)) return [];
  return [
    act(addDays(firstCloseOf(sale), -1), 12, async (at) => {
      const params = { opportunityId: made.opportunityId as OpportunityId };
      const seller = company.person(sale.seller);
      const { version } = await api.send(seller, opportunities.getOpportunity, { params });
      const body = { expectedCloseOn: sale.closedOn ?? sale.expectedCloseOn, seenVersion: version };
      return api.send(seller, sales.updateOpportunity, { params, body }, at);
    }),
  ];
}

function dealActs(scene: Scene): Act[] {
  const { api, company, sale, act, key, deal } = scene;
  const submit = async (at: Date): Promise<unknown> => {
    const input = { params: { dealId: (await deal()).id }, body: {}, key: key("submit") };
    return api.send(company.person(sale.seller), changes.submitDeal, input, at);
  };
  const approve = async (at: Date): Promise<unknown> => {
    const input = { params: { dealId: (await deal()).id }, body: {}, key: key("approve") };
    return api.send(company.person(sale.manager), changes.approveDeal, input, at);
  };
  return [
    ...(sale.submittedOn === null ? [] : [act(sale.submittedOn, 40, submit)]),
    ...(sale.approvedOn === null ? [] : [act(sale.approvedOn, 60, approve)]),
    ...sale.payments.flatMap((payment, place) => paymentActs(scene, payment, place)),
  ];
}
