import { FileUp, TextCursorInput, Trash2 } from "lucide-react";
import { registerCommands } from "#lib/commands";

registerCommands([
  {
    id: "records.import",
    label: "Import a file",
    group: "create",
    icon: FileUp,
    also: "csv upload customers contacts opportunities interactions calls spreadsheet",
    permission: "import.run",
    to: "/imports/new",
  },
  {
    id: "records.new-field",
    label: "Add a field",
    group: "create",
    icon: TextCursorInput,
    also: "custom property column attribute customers contacts opportunities",
    permission: "organization.edit",
    to: "/fields?new=true",
  },
  {
    id: "records.trash",
    label: "Open the trash",
    group: "do",
    icon: Trash2,
    also: "deleted restore bin",
    permission: "customer.delete",
    to: "/trash",
  },
]);
