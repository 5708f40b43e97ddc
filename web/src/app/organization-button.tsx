import type { User } from "@rainmaker/contracts/organization/sessions";
import { ChevronsUpDown } from "lucide-react";
import { Suspense, useState, type ButtonHTMLAttributes, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { can } from "#lib/session";
import { idlePart } from "#ui/lazy-part";
import { OrganizationMark } from "#ui/logo-mark";

type OrganizationButtonProps = { readonly user: User; readonly isRail: boolean };

const menu = idlePart("The menu", async () => (await import("./organization-menu.tsx")).OrganizationMenu);

/** The organization at the head of the sidebar; a menu for those who run it, a name for everybody else. */
export function OrganizationButton(props: OrganizationButtonProps): ReactElement {
  const [isWanted, setIsWanted] = useState(false);
  const { user, isRail } = props;
  const reach = (): void => {
    setIsWanted(true);
    menu.load();
  };
  if (!can(user, "organization.edit")) {
    return (
      <p className={cx(look, isRail && "w-9 justify-center px-0")} data-tip={isRail ? nameOf(user) : undefined}>
        <Identity user={user} isRail={isRail} />
      </p>
    );
  }
  return (
    <Suspense
      fallback={<OrganizationTrigger {...props} aria-haspopup="menu" onPointerEnter={menu.load} onClick={reach} />}
    >
      <menu.Part {...props} isOpenAtOnce={isWanted} />
    </Suspense>
  );
}

const look =
  "flex h-9 w-full flex-none items-center gap-2 rounded-md px-1.5 text-left font-semibold pointer-coarse:h-11";

type TriggerProps = OrganizationButtonProps & ButtonHTMLAttributes<HTMLButtonElement>;

export function OrganizationTrigger({ user, isRail, ...rest }: TriggerProps): ReactElement {
  return (
    <button
      type="button"
      {...rest}
      data-tip={isRail ? nameOf(user) : undefined}
      className={cx(look, "hover:bg-active data-[state=open]:bg-active", isRail && "w-9 justify-center px-0")}
    >
      <Identity user={user} isRail={isRail} />
      <span className="sr-only">, organisation menu</span>
      {!isRail && <ChevronsUpDown size={14} aria-hidden="true" className="text-subtle" />}
    </button>
  );
}

function Identity({ user, isRail }: OrganizationButtonProps): ReactElement {
  return (
    <>
      <OrganizationMark name={nameOf(user)} />
      <span className={isRail ? "sr-only" : "truncate"}>{nameOf(user)}</span>
    </>
  );
}

function nameOf(user: User): string {
  return user.organization?.name ?? "Rainmaker";
}
