import type { User } from "@rainmaker/contracts/organization/sessions";
import { useNavigate } from "@tanstack/react-router";
import { Keyboard, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import type { ReactElement } from "react";
import { endSession } from "#lib/session";
import { setTheme, useThemeChoice } from "#lib/theme";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "#ui/menu";
import { AccountTrigger } from "./account-button.tsx";
import { openKeysSheet } from "./keys-sheet-state.ts";

type AccountMenuProps = { readonly user: User; readonly isRail: boolean; readonly isOpenAtOnce: boolean };

export function AccountMenu({ user, isRail, isOpenAtOnce }: AccountMenuProps): ReactElement {
  const navigate = useNavigate();
  const theme = useThemeChoice();
  return (
    <Menu
      trigger={<AccountTrigger user={user} isRail={isRail} />}
      side="top"
      isOpenAtOnce={isOpenAtOnce}
      className="w-54"
    >
      <MenuLabel>{user.email}</MenuLabel>
      <MenuItem icon={UserRound} onSelect={() => void navigate({ to: "/my-settings" })}>
        My settings
      </MenuItem>
      <MenuItem icon={Keyboard} shortcut="?" onSelect={openKeysSheet}>
        Keyboard shortcuts
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        value={theme}
        onChange={setTheme}
        options={[
          { value: "light", label: "Light", icon: Sun },
          { value: "dark", label: "Dark", icon: Moon },
          { value: "system", label: "As the system", icon: Monitor },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => void endSession()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
