import type { User } from "@rainmaker/contracts/organization/sessions";
import { ChevronsUpDown } from "lucide-react";
import { Suspense, useState, type ButtonHTMLAttributes, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Avatar } from "#ui/avatar";
import { idlePart } from "#ui/lazy-part";
import { roleNames } from "../features/organization/role-names.ts";

type AccountButtonProps = { readonly user: User; readonly isRail: boolean };

const menu = idlePart("The menu", async () => (await import("./account-menu.tsx")).AccountMenu);

/** The person at the foot of the sidebar. Its menu is fetched when the page stands, or when it is reached for. */
export function AccountButton(props: AccountButtonProps): ReactElement {
  const [isWanted, setIsWanted] = useState(false);
  const reach = (): void => {
    setIsWanted(true);
    menu.load();
  };
  return (
    <Suspense fallback={<AccountTrigger {...props} aria-haspopup="menu" onPointerEnter={menu.load} onClick={reach} />}>
      <menu.Part {...props} isOpenAtOnce={isWanted} />
    </Suspense>
  );
}

type TriggerProps = AccountButtonProps & ButtonHTMLAttributes<HTMLButtonElement>;

export function AccountTrigger({ user, isRail, ...rest }: TriggerProps): ReactElement {
  const name = `${user.firstName} ${user.lastName}`;
  return (
    <button
      type="button"
      {...rest}
      aria-label={isRail ? `${name}, your menu` : undefined}
      data-tip={isRail ? name : undefined}
      className={cx(
        "flex w-full items-center gap-2 rounded-md p-1.5 text-left hover:bg-active data-[state=open]:bg-active pointer-coarse:min-h-11",
        isRail && "size-9 justify-center p-0",
      )}
    >
      <Avatar person={{ id: user.id, name }} isDecorative />
      {!isRail && (
        <>
          <span className="flex min-w-0 flex-1 flex-col leading-4">
            <span className="truncate font-medium">{name}</span>
            <span className="truncate text-2xs text-muted">
              {[...user.roles.map((role) => roleNames[role]), ...user.customRoles].join(", ")}
            </span>
          </span>
          <span className="sr-only">, your menu</span>
          <ChevronsUpDown size={14} aria-hidden="true" className="text-subtle" />
        </>
      )}
    </button>
  );
}
