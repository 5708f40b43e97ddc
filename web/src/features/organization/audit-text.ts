import type { EventType } from "@rainmaker/contracts/events";
import type { WireMoney } from "@rainmaker/contracts/money";
import type { AuditEntry } from "@rainmaker/contracts/organization/audit";
import type { Role } from "@rainmaker/contracts/organization/permissions";
import { formatCountOf, formatDay, formatDuration, formatMoney, formatMonth } from "#lib/format";
import { planWordings } from "./audit-plan-text.ts";
import { text, type AuditTone, type Facts, type Wording } from "./audit-wording.ts";
import { roleNames } from "./role-names.ts";

const money = ({ amount }: Facts): string => (isMoney(amount) ? formatMoney(amount, { style: "short" }) : "");
const countOf = (name: string, one: string, many?: string) => (facts: Facts) =>
  formatCountOf(Array.isArray(facts[name]) ? facts[name].length : 0, one, many);
const roleList = ({ roles }: Facts): string =>
  Array.isArray(roles) ? roles.map((role) => roleNames[role as Role] ?? String(role)).join(", ") : "";

const fromTo = ({ fromStage, toStage, secondsInFrom }: Facts): string => {
  if (typeof fromStage !== "string") return `To ${String(toStage)}`;
  const after = typeof secondsInFrom === "number" ? ` after ${formatDuration(secondsInFrom * 1000)}` : "";
  return `${fromStage} to ${String(toStage)}${after}`;
};

const opportunityCount = countOf("ids", "opportunity", "opportunities");

const totalOf = ({ total }: Facts): string => (isMoney(total) ? formatMoney(total) : "");

const recipients = ({ recipients: to }: Facts): string => (Array.isArray(to) ? `To ${to.join(", ")}` : "");

const ofMonth = ({ month }: Facts): string => formatMonth(String(month));

const said = ({ kind, subject }: Facts): string => `${String(kind)}: ${String(subject)}`;

const endings: Readonly<Record<string, string>> = {
  signed_out: "Signed out",
  deactivated: "The person was deactivated",
  password_changed: "The password was changed",
  token_reuse: "A refresh token was used twice: perhaps a stolen copy",
};
const refusals: Readonly<Record<string, string>> = {
  wrong_password: "Wrong password",
  locked: "Locked after failed attempts",
};

const nameAndAccess = ({ name, access }: Readonly<Record<string, unknown>>): string =>
  `With ${String(name)}, to ${access === "edit" ? "edit" : "look at"}`;

/** Every event in words, those of commission plans in a file of their own. A type without an entry here is a compile error. */
const wordings: Readonly<Record<EventType, Wording>> = {
  ...planWordings,
  "organization.registered": { action: "Organisation registered", tone: "brand" },
  "organization.changed": { action: "Settings changed", tone: "warning" },
  "member.joined": { action: "Person joined", tone: "success", detail: roleList },
  "member.changed": { action: "Person changed", tone: "warning" },
  "member.deactivated": { action: "Person deactivated", tone: "danger" },
  "members.imported": { action: "People imported", detail: countOf("members", "person", "people") },
  "role.created": { action: "Role made" },
  "role.changed": { action: "Role changed", tone: "warning" },
  "role.deleted": { action: "Role taken away", tone: "danger" },
  "role.previewed": { action: "Role previewed" },
  "collaborator.added": { action: "Record shared", detail: nameAndAccess },
  "collaborator.changed": { action: "Sharing changed", tone: "warning", detail: nameAndAccess },
  "collaborator.removed": { action: "No longer shared", tone: "danger", detail: nameAndAccess },
  "team.created": { action: "Team added" },
  "team.changed": { action: "Team changed", tone: "warning" },
  "invitation.sent": { action: "Person invited", detail: roleList },
  "invitation.renewed": { action: "Invitation renewed" },
  "invitation.revoked": { action: "Invitation withdrawn" },
  "session.opened": { action: "Signed in" },
  "session.refused": {
    action: "Sign-in refused",
    tone: "danger",
    detail: ({ reason }) => refusals[String(reason)] ?? String(reason),
  },
  "session.ended": { action: "Session ended", detail: ({ reason }) => endings[String(reason)] ?? String(reason) },
  "password.changed": { action: "Password changed", tone: "warning" },

  "import.uploaded": { action: "File uploaded", detail: text("fileName") },
  "import.requested": { action: "Import started", detail: text("fileName") },
  "import.finished": {
    action: "Import finished",
    tone: "success",
    detail: ({ created, updated, failed }) =>
      `${Number(created)} new, ${Number(updated)} updated, ${Number(failed)} not imported`,
  },
  "import.failed": { action: "Import failed", tone: "danger", detail: text("reason") },
  "import.undo-requested": { action: "Import being undone", tone: "warning", detail: text("fileName") },
  "import.undone": {
    action: "Import undone",
    tone: "warning",
    detail: ({ removed, restored, kept }) =>
      `${Number(removed)} removed, ${Number(restored)} put back, ${Number(kept)} kept`,
  },

  "import.redo-requested": { action: "Import being done again", detail: text("fileName") },
  "import.redone": { action: "Import done again", detail: countOf("rows", "row") },
  "import.reviewed": { action: "Rows of an import decided", detail: countOf("rows", "row") },

  "view.saved": { action: "View saved", detail: text("name") },
  "view.deleted": { action: "View deleted", detail: text("name") },
  "custom-field.created": { action: "Field added", tone: "success", detail: text("label") },
  "custom-field.changed": { action: "Field changed", detail: text("label") },
  "custom-field.deleted": { action: "Field hidden", tone: "warning", detail: text("label") },
  "custom-field.restored": { action: "Field brought back", detail: text("label") },
  "custom-fields.arranged": { action: "Fields put in order", detail: text("entity") },
  "export.requested": { action: "Records exported", tone: "warning", detail: text("fileName") },
  "audit.exported": { action: "Audit log exported", tone: "warning", detail: text("fileName") },
  "bulk.requested": { action: "Bulk change started", detail: ({ total }) => formatCountOf(Number(total), "record") },
  "bulk.finished": {
    action: "Bulk change finished",
    tone: "success",
    detail: ({ changed, refused }) => `${Number(changed)} changed, ${Number(refused)} refused`,
  },
  "bulk.cancelled": { action: "Bulk change stopped", tone: "warning" },
  "bulk.failed": { action: "Bulk change failed", tone: "danger", detail: text("reason") },
  "bulk.undo-requested": { action: "Bulk change being undone", tone: "warning" },
  "bulk.undone": {
    action: "Bulk change undone",
    tone: "warning",
    detail: ({ restored, kept }) => `${Number(restored)} put back, ${Number(kept)} kept`,
  },

  "customers.reverted": { action: "Imported values taken back", tone: "warning", detail: countOf("ids", "customer") },
  "customer.created": { action: "Customer added" },
  "customer.changed": { action: "Customer changed", tone: "brand" },
  "customer.deleted": { action: "Customer deleted", tone: "danger" },
  "customer.restored": { action: "Customer restored" },
  "customer.merged": { action: "Customers merged", tone: "brand", detail: text("name") },
  "customer.absorbed": { action: "Customer merged into another", tone: "warning", detail: text("into") },
  "contacts.changed": { action: "Contacts changed at once", tone: "brand", detail: countOf("ids", "contact") },
  "customers.changed": { action: "Customers changed at once", tone: "brand", detail: countOf("ids", "customer") },
  "customers.imported": { action: "Customers imported", detail: countOf("ids", "customer") },
  "customers.removed": { action: "Imported customers removed", tone: "warning", detail: countOf("ids", "customer") },
  "contacts.reverted": { action: "Imported values taken back", tone: "warning", detail: countOf("ids", "contact") },
  "contact.created": { action: "Contact added", detail: text("name") },
  "contact.changed": { action: "Contact changed", tone: "brand" },
  "contact.deleted": { action: "Contact deleted", tone: "danger", detail: text("name") },
  "contact.restored": { action: "Contact restored", detail: text("name") },
  "duplicate.judged": { action: "Duplicate decided" },
  "contact.merged": { action: "Contacts merged", tone: "brand", detail: text("name") },
  "contact.absorbed": { action: "Contact merged into another", tone: "warning", detail: text("into") },
  "contacts.imported": { action: "Contacts imported", detail: countOf("ids", "contact") },
  "contacts.removed": { action: "Imported contacts removed", tone: "warning", detail: countOf("ids", "contact") },
  "product.created": { action: "Product added", detail: text("name") },
  "product.changed": { action: "Product changed", tone: "brand", detail: text("name") },
  "products.imported": { action: "Products imported", detail: countOf("products", "product") },
  "products.removed": { action: "Imported products removed", tone: "warning", detail: countOf("ids", "product") },
  "products.reverted": { action: "Imported values taken back", tone: "warning", detail: countOf("ids", "product") },
  "stages.imported": { action: "Stages imported", detail: countOf("stages", "stage") },

  "pipeline.created": { action: "Pipeline added", detail: text("name") },
  "pipeline.changed": { action: "Pipeline changed", tone: "warning", detail: text("name") },
  "opportunities.moved": { action: "Stage removed, its opportunities moved", tone: "warning", detail: fromTo },

  "opportunity.created": { action: "Opportunity opened", detail: money },
  "opportunity.changed": { action: "Opportunity changed", tone: "brand" },
  "opportunity.moved": { action: "Opportunity moved", tone: "brand", detail: fromTo },
  "opportunity.won": { action: "Opportunity won", tone: "success", detail: money },
  "opportunity.lost": { action: "Opportunity lost", tone: "danger", detail: text("reason") },
  "opportunity.reopened": { action: "Opportunity reopened", tone: "warning", detail: fromTo },
  "opportunity.deleted": { action: "Opportunity deleted", tone: "danger" },
  "opportunity.restored": { action: "Opportunity restored" },
  "opportunities.changed": { action: "Opportunities changed at once", tone: "brand", detail: opportunityCount },
  "opportunities.imported": {
    action: "Opportunities imported",
    detail: opportunityCount,
  },
  "opportunities.removed": {
    action: "Imported opportunities removed",
    tone: "warning",
    detail: opportunityCount,
  },

  "opportunities.reverted": {
    action: "Imported values taken back",
    tone: "warning",
    detail: opportunityCount,
  },

  "timeline.pinned": { action: "Entry pinned to a timeline" },
  "timeline.unpinned": { action: "Entry taken off the top of a timeline" },
  "interaction.logged": { action: "Interaction logged", detail: said },
  "interaction.changed": { action: "Interaction changed", tone: "brand", detail: said },
  "interaction.deleted": { action: "Interaction deleted", tone: "danger", detail: said },
  "interaction.restored": { action: "Interaction restored", detail: said },
  "interactions.imported": { action: "Interactions imported", detail: countOf("ids", "interaction") },
  "interactions.removed": {
    action: "Imported interactions removed",
    tone: "warning",
    detail: countOf("ids", "interaction"),
  },

  "interactions.reverted": {
    action: "Imported values taken back",
    tone: "warning",
    detail: countOf("ids", "interaction"),
  },

  "deal.opened": { action: "Deal opened", detail: money },
  "deals.imported": { action: "Deals imported", detail: countOf("ids", "deal") },
  "deal.submitted": { action: "Deal sent for approval", detail: money },
  "deal.approved": { action: "Deal approved", tone: "success", detail: money },
  "deal.returned": { action: "Deal sent back", tone: "warning", detail: text("reason") },
  "deal.placed": { action: "Deal put into a project, or out of it", tone: "neutral", detail: text("project") },
  "deal.deleted": { action: "Draft of a deal deleted", tone: "neutral", detail: text("title") },
  "deal.revision-proposed": { action: "Change of a deal proposed", tone: "brand", detail: text("reason") },
  "deal.revision-declined": { action: "Change of a deal declined", tone: "warning", detail: text("note") },
  "deal.revision-withdrawn": { action: "Change of a deal taken back", tone: "neutral", detail: text("title") },
  "deal.revised": { action: "Deal changed after its approval", tone: "warning", detail: money },
  "deal.cancelled": { action: "Deal cancelled", tone: "danger", detail: text("reason") },
  "deal.fulfilled": { action: "Deal paid in full", tone: "success", detail: money },

  "payment.recorded": { action: "Payment recorded", detail: money },
  "payment.changed": { action: "Payment changed", tone: "brand", detail: money },
  "payment.evidence-added": { action: "Proof attached", detail: text("name") },
  "payment.submitted": { action: "Payment sent to verify", detail: money },
  "payment.verified": { action: "Payment verified", tone: "success", detail: money },
  "payment.endorsed": { action: "First of two agreed to a payment", tone: "brand", detail: money },
  "payment.asked": { action: "More asked about a payment", tone: "warning", detail: text("question") },
  "payment.withdrawn": { action: "Payment withdrawn", tone: "neutral", detail: money },
  "payment.deleted": { action: "Draft of a payment deleted", tone: "neutral", detail: money },
  "payment.reversed": { action: "Verification reversed", tone: "danger", detail: text("note") },
  "payment.refund-recorded": { action: "Refund recorded", tone: "neutral", detail: money },
  "payment.refund-submitted": { action: "Refund sent to verify", tone: "brand", detail: money },
  "payment.refund-withdrawn": { action: "Refund withdrawn", tone: "neutral", detail: money },
  "payment.refund-rejected": { action: "Refund not accepted", tone: "danger", detail: text("note") },
  "payment.refunded": { action: "Refund verified", tone: "warning", detail: money },
  "payment.rejected": { action: "Payment sent back", tone: "danger", detail: text("reasonCode") },
  "payment.decision-refused": { action: "Decision refused", tone: "danger", detail: text("code") },
  "legal-entity.created": { action: "Company that issues invoices added", tone: "success", detail: text("name") },
  "legal-entity.changed": { action: "Company that issues invoices changed", tone: "warning", detail: text("name") },
  "invoice.drafted": { action: "Invoice drafted", detail: totalOf },
  "invoice.changed": { action: "Draft invoice changed", detail: totalOf },
  "invoice.discarded": { action: "Draft invoice discarded", detail: totalOf },
  "invoice.issued": { action: "Invoice issued", tone: "success", detail: totalOf },
  "invoice.credited": {
    action: "Invoice credited",
    tone: "warning",
    detail: (facts) => `${money(facts)} by ${String(facts["creditNote"])}`,
  },
  "invoice.paid": { action: "Money applied to an invoice", tone: "earn", detail: money },
  "invoice.unpaid": { action: "Money came off an invoice", tone: "warning", detail: money },
  "invoice.delivery-requested": { action: "Invoice to be emailed", detail: recipients },
  "invoice.delivered": { action: "Invoice emailed", tone: "success", detail: recipients },
  "invoice.delivery-failed": { action: "Invoice was not emailed", tone: "danger", detail: text("reason") },
  "commission.posted": {
    action: "Commission posted",
    tone: "earn",
    detail: (facts) => `${money(facts)} for ${formatMonth(String(facts["month"]))}`,
  },
  "period.closing": { action: "Statements of a month issued", detail: ofMonth },
  "period.reopened": { action: "Month reopened", tone: "warning", detail: ofMonth },
  "period.locked": { action: "Month locked", tone: "brand", detail: ofMonth },
  "period.paid": { action: "Month paid", tone: "earn", detail: ofMonth },
  "statement.approved": { action: "Statement approved", tone: "success", detail: ofMonth },
  "dispute.opened": { action: "Dispute opened", tone: "warning", detail: ofMonth },
  "dispute.commented": { action: "Dispute discussed", detail: ofMonth },
  "dispute.accepted": {
    action: "Dispute accepted",
    tone: "success",
    detail: ({ granted, postedIn }) =>
      `${isMoney(granted) ? formatMoney(granted, { signed: true }) : ""} in ${formatMonth(String(postedIn))}`,
  },
  "dispute.declined": { action: "Dispute declined", tone: "danger", detail: ofMonth },
  "dispute.withdrawn": { action: "Dispute withdrawn", detail: ofMonth },
  "project.created": { action: "Project begun", tone: "success", detail: text("name") },
  "project.changed": { action: "Project changed", tone: "warning", detail: text("name") },
  "goal.set": {
    action: "Goal set",
    detail: ({ target, month }) =>
      `${isMoney(target) ? formatMoney(target, { style: "short" }) : ""} for ${formatMonth(String(month))}`,
  },
};

export type AuditLine = { readonly action: string; readonly tone: AuditTone; readonly detail: string };

/** An entry of the log as people read it. */
export function auditLine({ type, facts, changes }: Pick<AuditEntry, "type" | "facts" | "changes">): AuditLine {
  const wording: Wording | undefined = wordings[type as EventType];
  const detail = wording?.detail?.(facts) ?? "";
  return {
    // An event that is newer than this page: its own name, readable enough.
    action: wording?.action ?? sentenceCase(type.replaceAll(/[.\-_]/g, " ")),
    tone: wording?.tone ?? "neutral",
    detail: detail === "" ? Object.keys(changes).map(fieldLabel).join(", ") : detail,
  };
}

/** "expectedCloseOn" is "expected close", "custom.trailer_type" is "trailer type". */
export function fieldLabel(field: string): string {
  const named = field.replace(/^custom\./, "").replaceAll("_", " ");
  const words = named.replace(/(On|At|Id|Ids|Minor)$/, "").replaceAll(/([a-z])([A-Z])/g, "$1 $2");
  return words.toLowerCase();
}

/** A value before or after, in words; `nameOf` puts names to ids. */
export function valueText(value: unknown, nameOf: (id: string) => string | undefined): string {
  if (Array.isArray(value)) return value.map((one) => valueText(one, nameOf)).join(", ") || "nothing";
  if (isMoney(value)) return formatMoney(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "string") return value == null ? "nothing" : JSON.stringify(value);
  if (value === "") return "nothing";
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
  return nameOf(value) ?? roleNames[value as Role] ?? value;
}

/** The entities one can look for, in words. */
export const auditEntities: readonly { readonly value: string; readonly label: string }[] = [
  ...new Set(Object.keys(wordings).map((type) => type.slice(0, type.indexOf(".")))),
]
  .filter((noun) => !noun.endsWith("s"))
  .map((noun) => ({ value: noun, label: noun === "organization" ? "Organisation" : sentenceCase(noun) }))
  .toSorted((a, b) => a.label.localeCompare(b.label, "en-GB"));

function isMoney(value: unknown): value is WireMoney {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
