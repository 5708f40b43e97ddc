import { UserRoundPlus } from "lucide-react";
import { registerCommands } from "#lib/commands";

registerCommands([
  {
    id: "organization.invite",
    label: "Invite people",
    group: "create",
    icon: UserRoundPlus,
    also: "user member add colleague",
    permission: "member.invite",
    to: "/users?invite=true",
  },
]);
