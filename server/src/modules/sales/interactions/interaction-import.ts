import { outcomesByKind, type InteractionKind, type Outcome } from "@rainmaker/contracts/sales/interactions";
import type { ImportField, ParsedRow, RowFault } from "#modules/records";
import type { Resolved } from "../imports/resolve.ts";
import { valuesSaid } from "../imports/values-said.ts";
import { isOutcomeOf, subjectOf } from "./interaction.ts";

const text = (name: string, label: string, maxLength: number, synonyms: readonly string[]): ImportField => ({
  name,
  label,
  kind: "text",
  required: false,
  maxLength,
  synonyms,
});
const relation = (name: string, label: string, synonyms: readonly string[]): ImportField => ({
  name,
  label,
  kind: "relation",
  required: false,
  maxLength: 200,
  synonyms,
});

/** What a column of a file of interactions can be, and how other systems head it. */
export const interactionFields: readonly ImportField[] = [
  text("externalId", "Id in the other system", 100, ["external id", "activity id", "engagement id", "record id", "id"]),
  text("kind", "Kind", 40, ["activity type", "engagement type", "type", "task subtype", "event subtype"]),
  {
    name: "occurredOn",
    label: "Date",
    kind: "date",
    required: true,
    synonyms: [
      "activity date",
      "happened on",
      "call start time",
      "start time",
      "start date",
      "start",
      "from",
      "completed date",
      "done time",
      "due date",
      "creation date",
      "created date",
    ],
  },
  text("subject", "Subject", 200, ["call title", "meeting name", "event title", "title", "activity name", "name"]),
  text("body", "Text", 20_000, [
    "full comments",
    "call notes",
    "note body",
    "meeting notes",
    "note",
    "notes",
    "body",
    "description",
    "comments",
    "content",
  ]),
  text("outcome", "Outcome", 40, ["call outcome", "call result", "meeting outcome", "result"]),
  text("direction", "Direction", 20, ["call direction", "call type"]),
  text("minutes", "Minutes", 10, ["duration", "duration (minutes)", "duration minutes", "call duration"]),
  relation("customer", "Customer", [
    "account",
    "account name",
    "company",
    "company name",
    "associated company",
    "company / account",
    "organization",
    "organization name",
  ]),
  text("contact", "Contact", 254, [
    "contact email",
    "email",
    "email address",
    "person email",
    "contact name",
    "contact person",
    "associated contact",
    "person",
  ]),
  text("opportunity", "Opportunity", 200, [
    "opportunity id",
    "opportunity number",
    "opportunity name",
    "deal",
    "deal title",
    "deal name",
    "deal id",
    "associated deal",
  ]),
  relation("owner", "Author", [
    "owner",
    "owner name",
    "activity owner",
    "call owner",
    "host",
    "assigned to",
    "assigned to user",
    "activity assigned to",
    "assigned",
    "logged by",
    "user",
    "created by",
  ]),
];

/** What the rows are where the file does not say of each: other systems write a file for calls, one for meetings. */
export function kindOfHeaders(headers: readonly string[]): Readonly<Record<string, string>> {
  const kind = (
    [
      ["call", /^call /i],
      ["meeting", /^(meeting|event) /i],
      ["mail", /^e-?mail subject/i],
      ["note", /^(note |body$)/i],
    ] as const
  ).find(([, form]) => headers.some((header) => form.test(header)))?.[0];
  return kind === undefined ? {} : { kind };
}

export type InteractionRow = {
  readonly externalId: string | null;
  readonly kind: InteractionKind;
  readonly direction: "inbound" | "outbound" | null;
  readonly subject: string;
  readonly body: string | null;
  readonly outcome: Outcome | null;
  /** Calendar day of the organization. */
  readonly occurredOn: string;
  readonly minutes: number | null;
  readonly customerId: string | null;
  /** Address, external id or name. */
  readonly contact: string | null;
  /** Number, external id or title. */
  readonly opportunity: string | null;
  readonly authorId: string | null;
};

/** Words of other systems, in letters only. */
const kinds: Readonly<Record<string, InteractionKind>> = {
  call: "call",
  phonecall: "call",
  anruf: "call",
  meeting: "meeting",
  event: "meeting",
  lunch: "meeting",
  termin: "meeting",
  mail: "mail",
  email: "mail",
  note: "note",
  notiz: "note",
  comment: "note",
};
const outcomes: Readonly<Record<string, Outcome>> = {
  connected: "reached",
  answered: "reached",
  completed: "reached",
  noanswer: "no_answer",
  leftvoicemail: "left_message",
  leftlivemessage: "left_message",
  busy: "no_answer",
  wrongnumber: "wrong_number",
  scheduled: "held",
  canceled: "cancelled",
  ...Object.fromEntries(
    Object.values(outcomesByKind).flatMap((all) => all.map((word) => [word.replace("_", ""), word])),
  ),
};
const directions: Readonly<Record<string, "inbound" | "outbound">> = {
  inbound: "inbound",
  incoming: "inbound",
  outbound: "outbound",
  outgoing: "outbound",
};

type Relations = { readonly customer: Resolved; readonly owner: Resolved };

/** A row of the file as an interaction. @param today the organization's calendar day */
export function toInteractionRow(
  { values }: ParsedRow,
  { customer, owner }: Relations,
  importerId: string,
  today: string,
): { row: InteractionRow; faults: RowFault[] } {
  const said = (field: string): string | null => {
    const value = values.get(field);
    return typeof value === "string" ? value : null;
  };
  const kind = kinds[word(said("kind"))];
  const outcome = outcomes[word(said("outcome"))] ?? null;
  const row: InteractionRow = {
    externalId: said("externalId"),
    kind: kind ?? "note",
    direction: directions[word(said("direction"))] ?? null,
    subject: subjectOf(kind ?? "note", said("subject"), said("body")),
    body: said("body"),
    // Other systems put states into this column that are no outcome of the kind: they are left out.
    outcome: kind !== undefined && isOutcomeOf(kind, outcome) ? outcome : null,
    occurredOn: said("occurredOn") ?? "",
    minutes: minutesOf(said("minutes")),
    customerId: customer.kind === "record" ? customer.id : null,
    contact: contactOf(said("contact")),
    opportunity: said("opportunity"),
    authorId: owner.kind === "record" ? owner.id : owner.kind === "new" ? null : importerId,
  };
  return { row, faults: faultsOf(row, kind !== undefined, customer.kind === "none", today) };
}

/**
 * What a row writes over an interaction that is there. Of another kind it loses an outcome that the file does not say;
 * one that is only filled in keeps its kind, and takes only an outcome of that.
 */
export function interactionValues(
  row: InteractionRow,
  { values, cleared }: Pick<ParsedRow, "values" | "cleared">,
  existingKind: string,
  isFilling: boolean,
): Record<string, unknown> {
  const isSameKind = existingKind === row.kind;
  const { outcome, ...said } = valuesSaid(row, cleared, {
    body: { from: "body" },
    outcome: { from: "outcome" },
    direction: { from: "direction" },
    minutes: { from: "minutes" },
    external_id: { from: "externalId" },
  });
  const hasSubject = typeof values.get("subject") === "string" || typeof values.get("body") === "string";
  const named = { ...said, ...(hasSubject ? { subject: row.subject } : {}) };
  if (isFilling) return isSameKind && outcome !== undefined ? { ...named, outcome } : named;
  if (outcome !== undefined) return { ...named, kind: row.kind, outcome };
  return isSameKind ? named : { ...named, kind: row.kind, outcome: null };
}

function faultsOf(row: InteractionRow, hasKind: boolean, hasNoCustomer: boolean, today: string): RowFault[] {
  const isAboutNothing = hasNoCustomer && row.contact === null && row.opportunity === null;
  const wrong: readonly (readonly [boolean, RowFault])[] = [
    [!hasKind, fault("kind", "kind_unknown", "Call, meeting, mail or note")],
    [row.occurredOn === "", fault("occurredOn", "required", "Say when it happened")],
    [row.occurredOn > today, fault("occurredOn", "in_future", "This day is still to come")],
    [Number.isNaN(row.minutes), fault("minutes", "not_minutes", "Minutes, as a whole number, or 1:30")],
    [isAboutNothing, fault("customer", "required", "A customer, an opportunity or a contact is needed")],
  ];
  return wrong.filter(([is]) => is).map(([, one]) => one);
}

const fault = (field: string, code: string, message: string): RowFault => ({ field, code, message });

/** Of "Ruth Adeyemi (ruth@kestrel.example)" the address. */
function contactOf(text: string | null): string | null {
  const [, address = text] = /\(([^\s()]+@[^\s()]+)\)\s*$/.exec(text ?? "") ?? [];
  return address?.includes("@") === true ? address.toLowerCase() : address;
}

function word(text: string | null): string {
  return (text ?? "").toLowerCase().replaceAll(/[^\p{L}]/gu, "");
}

/** "32", or "1:30" for ninety; NaN for what is neither. */
function minutesOf(text: string | null): number | null {
  if (text === null) return null;
  const [, hours = "0", minutes] = /^(?:(\d{1,3}):)?(\d{1,5})(?:\.0+)?$/.exec(text) ?? [];
  const sum = minutes === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes);
  return sum > 10_080 ? Number.NaN : sum;
}
