import type { User } from "@rainmaker/contracts/organization/sessions";
import { Link } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { openPalette } from "#lib/commands";
import { ariaKeys } from "#lib/keys";
import { IconButton } from "#ui/button";
import { Kbd } from "#ui/kbd";
import { AccountButton } from "./account-button.tsx";
import { LiveStatus } from "./live-status.tsx";
import { navigationFor, type NavGroup, type NavItem } from "./navigation.ts";
import { OrganizationButton } from "./organization-button.tsx";
import { toggleRail } from "./preferences.ts";

type SidebarProps = {
  readonly user: User;
  /** Icons only. */
  readonly isRail: boolean;
  readonly className?: string;
  /** After a place was chosen, where it lies over the page. */
  readonly onNavigate?: () => void;
};

export function Sidebar({ user, isRail, className, onNavigate }: SidebarProps): ReactElement {
  return (
    <nav
      aria-label="Main"
      className={cx(
        "flex min-h-0 flex-col gap-0.5 pt-2.5 pb-2",
        isRail ? "items-center px-2" : "pr-2 pl-2.5",
        className,
      )}
    >
      <OrganizationButton user={user} isRail={isRail} />
      <SearchButton isRail={isRail} />
      <div
        className={cx(
          "scroll-area -mx-1 flex min-h-0 w-[calc(100%+8px)] flex-1 flex-col px-1 pt-px pb-2",
          isRail && "items-center",
        )}
      >
        {navigationFor(user).map((group) => (
          <Group key={group.title ?? "top"} group={group} isRail={isRail} onNavigate={onNavigate} />
        ))}
      </div>
      <div className={cx("flex flex-none flex-col gap-0.5", isRail && "items-center")}>
        <div className={cx("flex items-center", isRail && "flex-col-reverse")}>
          <LiveStatus isRail={isRail} />
          {onNavigate === undefined && (
            <IconButton
              icon={isRail ? PanelLeftOpen : PanelLeftClose}
              iconSize={14}
              label={isRail ? "Show the sidebar" : "Collapse the sidebar"}
              size="xs"
              shortcut="["
              className={isRail ? "" : "mr-1 ml-auto"}
              onClick={toggleRail}
            />
          )}
        </div>
        <AccountButton user={user} isRail={isRail} />
      </div>
    </nav>
  );
}

function SearchButton({ isRail }: { readonly isRail: boolean }): ReactElement {
  if (isRail) {
    return (
      <IconButton
        icon={Search}
        label="Search or jump to"
        shortcut="mod+k"
        className="my-1.5"
        onClick={() => openPalette()}
      />
    );
  }
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-keyshortcuts={ariaKeys("mod+k")}
      onClick={() => openPalette()}
      className="mt-1.5 mb-2 flex h-8 w-full flex-none items-center gap-2 rounded-md border bg-surface px-2 text-subtle shadow-xs hover:bg-hover pointer-coarse:h-11"
    >
      <Search size={14} aria-hidden="true" />
      <span className="truncate">Search or jump to</span>
      <span className="ml-auto">
        <Kbd keys="mod+k" />
      </span>
    </button>
  );
}

type GroupProps = { readonly group: NavGroup; readonly isRail: boolean; readonly onNavigate: (() => void) | undefined };

function Group({ group, isRail, onNavigate }: GroupProps): ReactElement {
  const headingId = `nav-${group.title ?? "top"}`.replaceAll(" ", "-").toLowerCase();
  return (
    <>
      {group.title !== null && (
        <h2
          id={headingId}
          className={cx("px-2 pt-3 pb-1 text-2xs font-medium tracking-[.01em] text-subtle", isRail && "sr-only")}
        >
          {group.title}
        </h2>
      )}
      {isRail && group.title !== null && <hr className="my-1.5 w-6 border-line" />}
      <ul aria-labelledby={group.title === null ? undefined : headingId} className="flex flex-col">
        {group.items.map((item) => (
          <li key={item.to}>
            <Place item={item} isRail={isRail} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Place({
  item,
  isRail,
  onNavigate,
}: {
  item: NavItem;
  isRail: boolean;
  onNavigate: (() => void) | undefined;
}): ReactElement {
  const { icon: Icon, label, to, key } = item;
  return (
    <Link
      to={to}
      {...(onNavigate !== undefined && { onClick: onNavigate })}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      data-tip={isRail ? label : undefined}
      data-tip-keys={isRail ? key : undefined}
      aria-label={isRail ? label : undefined}
      className={cx(
        "flex h-7.5 items-center gap-2.25 rounded-[7px] px-2 font-medium text-muted hover:bg-active hover:text-default pointer-coarse:h-11 [&>svg]:text-subtle",
        "aria-[current]:bg-surface aria-[current]:text-default aria-[current]:shadow-[0_0_0_1px_var(--border-default),var(--elev-xs)] aria-[current]:[&>svg]:text-brand-fg",
        "dark:aria-[current]:bg-active dark:aria-[current]:shadow-none",
        isRail && "size-9 justify-center px-0",
      )}
    >
      <Icon size={16} aria-hidden="true" />
      {!isRail && <span className="truncate">{label}</span>}
    </Link>
  );
}
