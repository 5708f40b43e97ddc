import { FileUp, Trash2 } from "lucide-react";
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
    id: "records.trash",
    label: "Open the trash",
    group: "do",
    icon: Trash2,
    also: "deleted restore bin",
    permission: "customer.delete",
    to: "/trash",
  },
]);
