import { type Payment } from "@rainmaker/contracts/revenue/payments";
import {
  addEvidence,
  recordPayment,
  submitPayment,
  updatePayment,
} from "@rainmaker/contracts/revenue/payment-recording";
import { useRef, useState } from "react";
import { call, newKey } from "#lib/api";
import { sentenceOf } from "#lib/api-problem";
import { useIntentKey } from "#lib/intent-key";
import { invalidateEntities } from "#lib/query";
import { saysTheSame, type PaymentBody } from "./payment-values.ts";

/** A proof that was chosen here. Its key is that of its upload: trying again does not attach it twice. */
export type Proof = {
  readonly key: string;
  readonly file: File;
  readonly state: "chosen" | "uploading" | "done" | "failed";
  readonly error?: string;
};

export type DeliveryStep = "record" | "upload" | "send";

export type Delivery = {
  /** The payment as the server knows it; null until it is recorded. */
  readonly payment: Payment | null;
  readonly proofs: readonly Proof[];
  /** What is being done now. */
  readonly step: DeliveryStep | null;
  add(file: File): void;
  remove(name: string): void;
  /** Takes up the payment as it is now, after somebody else changed it. */
  takeUp(payment: Payment): void;
  /** Records or corrects, attaches the proofs, sends to verify. After a failure it goes on where it stopped. */
  deliver(body: PaymentBody, isToBeSent: boolean, answer?: string): Promise<Payment>;
};

export function useDelivery(initial: Payment | null): Delivery {
  // What the server knows lives beside the render: a step needs what the step before it learned.
  const known = useRef(initial);
  const [payment, setPayment] = useState(initial);
  const [proofs, setProofs] = useState<readonly Proof[]>([]);
  const [step, setStep] = useState<DeliveryStep | null>(null);
  const recordKey = useIntentKey();
  const sendKey = useIntentKey();

  const learn = (next: Payment): Payment => {
    known.current = next;
    setPayment(next);
    return next;
  };
  const mark = (key: string, changes: Partial<Proof>): void =>
    setProofs((before) => before.map((proof) => (proof.key === key ? { ...proof, ...changes } : proof)));

  const save = async (body: PaymentBody): Promise<Payment> => {
    const before = known.current;
    if (before === null) return learn(await call(recordPayment, { body, idempotencyKey: recordKey(body) }));
    if (before.status === "draft" && saysTheSame(before, body)) return before;
    const { dealId: _, ...changes } = body;
    const params = { paymentId: before.id };
    return learn(await call(updatePayment, { params, body: changes, seenVersion: before.version }));
  };
  const upload = async (paymentId: Payment["id"], { key, file }: Proof): Promise<void> => {
    mark(key, { state: "uploading" });
    try {
      learn(await call(addEvidence, { params: { paymentId }, file, idempotencyKey: key }));
      mark(key, { state: "done" });
    } catch (error) {
      mark(key, { state: "failed", error: sentenceOf(error) });
      throw error;
    }
  };
  const deliver = async (body: PaymentBody, isToBeSent: boolean, answer = ""): Promise<Payment> => {
    try {
      setStep("record");
      let { id, version } = await save(body);
      setStep("upload");
      for (const proof of proofs) if (proof.state !== "done") await upload(id, proof);
      ({ id, version } = known.current ?? { id, version });
      if (isToBeSent) {
        setStep("send");
        const input = { params: { paymentId: id }, body: { seenVersion: version, ...(answer !== "" && { answer }) } };
        learn(await call(submitPayment, { ...input, idempotencyKey: sendKey(input) }));
      }
      return known.current as Payment;
    } finally {
      setStep(null);
      void invalidateEntities(["payment", "deal"]);
    }
  };
  return {
    payment,
    proofs,
    step,
    add: (file) => setProofs((before) => [...before.filter(({ file: { name } }) => name !== file.name), fresh(file)]),
    remove: (name) => setProofs((before) => before.filter(({ file }) => file.name !== name)),
    takeUp: (current) => void learn(current),
    deliver,
  };
}

function fresh(file: File): Proof {
  return { key: newKey(), file, state: "chosen" };
}
