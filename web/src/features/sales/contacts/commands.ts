import { ContactRound, Phone } from "lucide-react";
import { openPalette, registerCommands } from "#lib/commands";

registerCommands([
  {
    id: "sales.new-contact",
    label: "New contact",
    group: "create",
    icon: ContactRound,
    also: "person people add",
    permission: "contact.create",
    to: "/contacts?new=true",
  },
  {
    id: "sales.log-call",
    label: "Log a call",
    group: "create",
    icon: Phone,
    also: "phone note email meeting interaction",
    permission: "interaction.create",
    // The palette has just closed for this command.
    run: () => setTimeout(() => openPalette("all", "log call ")),
  },
]);
