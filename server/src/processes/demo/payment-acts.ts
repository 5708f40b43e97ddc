import * as decisions from "@rainmaker/contracts/revenue/payment-decisions";
import * as recording from "@rainmaker/contracts/revenue/payment-recording";
import * as payments from "@rainmaker/contracts/revenue/payments";
import type { Person } from "../in-process-api.ts";
import type { Act } from "./act.ts";
import { proofPdf } from "./proof-pdf.ts";
import { dollars, type Scene } from "./scene.ts";
import type { DemoPayment } from "./story.ts";

/** A payment is recorded with its proof by the rep, and decided by a verifier who is somebody else. */
export function paymentActs(scene: Scene, payment: DemoPayment, place: number): Act[] {
  const made: { payment?: payments.Payment } = {};
  const key = scene.key(`pay-${place}`);
  const record = scene.act(payment.recordedOn, 80 + place, async (at) => {
    made.payment = await recordWithProof(scene, payment, key, at);
  });
  if (payment.decidedOn === null) return [record];
  const verifier = scene.company.person((scene.sale.index + place) % 3 === 0 ? "owen" : "priya");
  const decide = scene.act(payment.decidedOn, 200 + place * 3, async (at) => {
    const recorded = made.payment as payments.Payment;
    const params = { paymentId: recorded.id };
    const seenVersion = payment.isFixed ? await sendBackAndFix(scene, verifier, recorded, key, at) : recorded.version;
    const input = { params, body: { seenVersion }, key: `${key}-approve` };
    await scene.api.send(verifier, decisions.approvePayment, input, minutesAfter(at, 5));
  });
  return [record, decide];
}

async function recordWithProof(
  { api, company, sale, deal }: Scene,
  { amount, valueOn }: DemoPayment,
  key: string,
  at: Date,
): Promise<payments.Payment> {
  const seller = company.person(sale.seller);
  const { id: dealId, number, title, customer } = await deal();
  const reference = `NB-${10_000 + sale.index}-${valueOn.replaceAll("-", "").slice(2)}`;
  const body = { dealId, amount: dollars(amount), method: "bank_transfer" as const, valueOn, reference };
  const { id: paymentId } = await api.send(seller, recording.recordPayment, { body, key }, at);
  const params = { paymentId };
  const content = proofPdf({
    payer: customer.name,
    amount: grouped(amount),
    day: valueOn,
    reference,
    deal: `${number} ${title}`,
  });
  const file = { name: `remittance-${valueOn}.pdf`, content };
  await api.send(seller, recording.addEvidence, { params, file, key: `${key}-proof` }, at);
  return api.send(seller, recording.submitPayment, { params, body: {}, key: `${key}-submit` }, at);
}

/** @returns the version the verifier sees when it comes back */
async function sendBackAndFix(
  { api, company, sale }: Scene,
  verifier: Person,
  { id: paymentId, version }: payments.Payment,
  key: string,
  at: Date,
): Promise<number> {
  const seller = company.person(sale.seller);
  const params = { paymentId };
  const reasonCode = (["amount_differs", "unreadable", "payer_differs"] as const)[sale.index % 3] ?? ("other" as const);
  const note = "Please attach the bank's own advice";
  const body = { verdict: "rejected", seenVersion: version, reasonCode, note } as const;
  const rejected = await api.send(verifier, decisions.decidePayment, { params, body, key: `${key}-reject` }, at);
  const current = await api.send(seller, payments.getPayment, { params });
  // A change carries no key: in a fill that was cut off it may be done already.
  if (current.status === "rejected") {
    const fix = { params, body: { method: "bank_transfer" as const, seenVersion: rejected.version } };
    await api.send(seller, recording.updatePayment, fix, minutesAfter(at, 1));
  }
  const again = { params, body: {}, key: `${key}-again` };
  return (await api.send(seller, recording.submitPayment, again, minutesAfter(at, 2))).version;
}

function minutesAfter(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * 60_000);
}

function grouped(amount: number): string {
  return `${String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ",")}.00`;
}
