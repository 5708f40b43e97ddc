import type { User } from "@rainmaker/contracts/organization/sessions";
import { useNavigate } from "@tanstack/react-router";
import { ScrollText, Settings, UserRoundPlus, Users } from "lucide-react";
import type { ReactElement } from "react";
import { Menu, MenuItem, MenuLabel } from "#ui/menu";
import { OrganizationTrigger } from "./organization-button.tsx";

type OrganizationMenuProps = { readonly user: User; readonly isRail: boolean; readonly isOpenAtOnce: boolean };

export function OrganizationMenu({ user, isRail, isOpenAtOnce }: OrganizationMenuProps): ReactElement {
  const navigate = useNavigate();
  const { organization } = user;
  return (
    <Menu trigger={<OrganizationTrigger user={user} isRail={isRail} />} isOpenAtOnce={isOpenAtOnce} className="w-54">
      {organization !== null && (
        <MenuLabel>
          {organization.currency}, {organization.timeZone}
        </MenuLabel>
      )}
      <MenuItem icon={Settings} onSelect={() => void navigate({ to: "/settings" })}>
        Settings
      </MenuItem>
      <MenuItem icon={Users} onSelect={() => void navigate({ to: "/users" })}>
        Users & teams
      </MenuItem>
      <MenuItem icon={UserRoundPlus} onSelect={() => void navigate({ to: "/users", search: { invite: true } })}>
        Invite people
      </MenuItem>
      <MenuItem icon={ScrollText} onSelect={() => void navigate({ to: "/audit-log" })}>
        Audit log
      </MenuItem>
    </Menu>
  );
}
