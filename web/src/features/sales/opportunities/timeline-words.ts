import { customKeyOf } from "@rainmaker/contracts/records/custom-types";
import { fieldLabel } from "#features/organization";
import type { WireMoney } from "@rainmaker/contracts/money";
import type { LostReason } from "@rainmaker/contracts/sales/opportunities";
import type { TimelineEntry } from "@rainmaker/contracts/records/records";
import { formatDay, formatDuration, formatMoney } from "#lib/format";
import { lostReasonNames } from "./opportunity-words.ts";

type Entry = Pick<TimelineEntry, "type" | "facts" | "changes">;
type Facts = Entry["facts"];
type NameOf = (memberId: string) => string | undefined;

/** What an entry says after the name of who did it. */
export function timelineSentence({ type, facts, changes }: Entry, nameOf: NameOf): string {
  return sentences[type]?.(facts) ?? (type === "opportunity.changed" ? changed(changes, nameOf) : plain(type));
}

const sentences: Readonly<Record<string, (facts: Facts) => string>> = {
  "opportunity.created": ({ stage, amount }) =>
    `opened it in ${String(stage)}${isMoney(amount) ? `, ${money(amount)}` : ""}`,
  "opportunity.moved": (facts) => `moved it ${fromTo(facts)}`,
  "opportunity.won": ({ amount, closedOn }) =>
    `won it: ${money(amount)}, signed ${inSentence(formatDay(String(closedOn)))}`,
  "opportunity.lost": ({ reason }) => `marked it as lost: ${reasonName(reason).toLowerCase()}`,
  "opportunity.reopened": (facts) => `reopened it, ${fromTo(facts)}`,
  "opportunity.deleted": () => "moved it to the trash",
  "opportunity.restored": () => "took it back from the trash",
  "contact.created": () => "added a contact",
  "contact.changed": () => "changed a contact",
  "contact.deleted": () => "moved a contact to the trash",
  "customer.merged": ({ names }) => `merged ${namesOf(names)} into this customer`,
  "contact.merged": ({ names }) => `merged ${namesOf(names)} into this contact`,
  "contact.restored": () => "took a contact back from the trash",
  "deal.opened": ({ amount }) => `opened the deal over ${money(amount)}`,
  "deal.submitted": () => "sent the deal for approval",
  "deal.approved": () => "approved the deal",
  "deal.returned": ({ reason }) => `sent the deal back: “${String(reason)}”`,
  "deal.revised": ({ before, amount }) => `changed the deal from ${money(before)} to ${money(amount)}`,
  "deal.cancelled": ({ reason }) => `cancelled the deal: “${String(reason)}”`,
  "deal.fulfilled": () => "brought the deal to be paid in full",
  "payment.recorded": ({ amount }) => `recorded a payment of ${money(amount)}`,
  "payment.changed": ({ amount }) => `changed a payment to ${money(amount)}`,
  "payment.evidence-added": ({ name }) => `attached ${String(name)}`,
  "payment.submitted": ({ amount }) => `sent a payment of ${money(amount)} to verify`,
  "payment.verified": ({ amount }) => `verified a payment of ${money(amount)}`,
  "payment.reversed": ({ amount }) => `reversed a verified payment, ${money(amount)}`,
  "payment.refunded": ({ amount }) => `verified money that went back, ${money(amount)}`,
  "payment.rejected": ({ amount }) => `sent back the proof of ${money(amount)}`,
};

function namesOf(names: unknown): string {
  return Array.isArray(names) ? names.map(String).join(", ") : "others";
}

function fromTo({ fromStage, toStage, secondsInFrom }: Facts): string {
  const from = typeof fromStage === "string" ? `from ${fromStage} ` : "";
  const after = typeof secondsInFrom === "number" ? ` after ${formatDuration(secondsInFrom * 1000)}` : "";
  return `${from}to ${String(toStage)}${after}`;
}

function reasonName(reason: unknown): string {
  return lostReasonNames[reason as (typeof LostReason)["_zod"]["output"]] ?? String(reason);
}

function isMoney(value: unknown): value is WireMoney {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}

function money(value: unknown): string {
  return isMoney(value) ? formatMoney(value, { style: "short" }) : "an unknown amount";
}

/** "Today" is "today" inside a sentence. */
function inSentence(day: string): string {
  return day.replace(/^(Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase());
}

type Change = readonly [before: unknown, after: unknown];

/** Fields that people know. Values that are ids of other records are named without them. */
const fields: Readonly<Record<string, (change: Change, nameOf: NameOf) => string>> = {
  title: (change) => `the title ${between(change, String)}`,
  amount: (change) => `the value ${between(change, money)}`,
  expectedCloseOn: (change) => `the close date ${between(change, (day) => inSentence(formatDay(String(day))))}`,
  nextStep: ([, after]) => (isBlank(after) ? "the next step: none" : `the next step to “${String(after)}”`),
  ownerId: (change, nameOf) => `the owner ${between(change, (id) => nameOf(String(id)) ?? "somebody else")}`,
  customerId: () => "the customer",
  productIds: () => "the products",
  lines: () => "the products and prices",
  contacts: () => "the people",
  source: (change) => `the source ${between(change, String)}`,
  priority: (change) => `the priority ${between(change, String)}`,
  description: () => "the description",
  externalId: (change) => `the id in another system ${between(change, String)}`,
};

function changed(changes: Entry["changes"], nameOf: NameOf): string {
  const parts = Object.entries(changes).flatMap(
    ([field, change]) => fields[field]?.(change, nameOf) ?? (isCustom(field) ? ownWords(field, change) : []),
  );
  return `changed ${parts.length === 0 ? "it" : parts.join(", and ")}`;
}

const isCustom = (field: string): boolean => customKeyOf(field) !== null;

/** A field of the organization's own; ids and lists of what it holds are not told. */
function ownWords(field: string, change: Change): string {
  const isPlain = change.every((value) => value == null || typeof value !== "object");
  return `the ${fieldLabel(field)}${isPlain ? ` ${between(change, String)}` : ""}`;
}

function between([before, after]: Change, textOf: (value: unknown) => string): string {
  if (isBlank(after)) return `from ${textOf(before)} to none`;
  return isBlank(before) ? `to ${textOf(after)}` : `from ${textOf(before)} to ${textOf(after)}`;
}

function isBlank(value: unknown): boolean {
  return value == null || value === "";
}

/** An event that is newer than this page: its own name, readable enough. */
function plain(type: string): string {
  return type.replaceAll(/[.\-_]/g, " ");
}
