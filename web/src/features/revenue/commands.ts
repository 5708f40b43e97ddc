import { FolderKanban, HandCoins, ReceiptText, ShieldCheck } from "lucide-react";
import { registerCommands } from "#lib/commands";

registerCommands([
  {
    id: "revenue.record-payment",
    label: "Record a payment",
    group: "create",
    icon: HandCoins,
    also: "money proof remittance attach paid",
    permission: "payment.record",
    to: "/deals?record=new",
  },
  {
    id: "revenue.new-invoice",
    label: "New invoice",
    group: "create",
    icon: ReceiptText,
    also: "bill number tax",
    permission: "invoice.issue",
    to: "/invoices?new=deal",
  },
  {
    id: "revenue.new-project",
    label: "New project",
    group: "create",
    icon: FolderKanban,
    also: "budget teams",
    permission: "goal.edit",
    to: "/projects?edit=new",
  },
  {
    id: "revenue.verify-next",
    label: "Verify the next payment",
    group: "do",
    icon: ShieldCheck,
    also: "approve reject queue proof",
    permission: "payment.verify",
    to: "/verification",
  },
]);
