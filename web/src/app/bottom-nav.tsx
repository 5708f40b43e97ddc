import type { User } from "@rainmaker/contracts/organization/sessions";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import type { ReactElement } from "react";
import { openPalette } from "#lib/commands";
import { can } from "#lib/session";
import { MoreButton } from "./drawer-button.tsx";
import { phoneNavigationFor, type NavItem } from "./navigation.ts";

const place =
  "flex min-h-11 flex-col items-center justify-center gap-0.75 text-[10.5px] leading-3.5 font-medium text-subtle aria-[current]:text-brand-fg";

/** The four places and the plus that a thumb reaches. */
export function BottomNav({ user }: { readonly user: User }): ReactElement {
  const items = phoneNavigationFor(user);
  const [before, after] = [items.slice(0, 2), items.slice(2)];
  const canAdd = (["opportunity.create", "customer.create", "payment.record", "member.invite"] as const).some(
    (permission) => can(user, permission),
  );
  return (
    <nav
      aria-label="Main, for phones"
      className="z-(--z-dock) grid auto-cols-fr grid-flow-col border-t bg-surface px-1 pt-1.5 pb-[max(18px,env(safe-area-inset-bottom))] sm:hidden"
    >
      {before.map((item) => (
        <Place key={item.to} item={item} />
      ))}
      {canAdd && (
        <button
          type="button"
          aria-label="Add"
          aria-haspopup="dialog"
          onClick={() => openPalette("create")}
          className={place}
        >
          <span className="grid size-10.5 place-items-center rounded-xl bg-brand text-on-brand shadow-sm">
            <Plus size={22} aria-hidden="true" />
          </span>
        </button>
      )}
      {after.map((item) => (
        <Place key={item.to} item={item} />
      ))}
      <MoreButton className={place} />
    </nav>
  );
}

const shortLabels: Partial<Record<NavItem["to"], string>> = { "/deals": "Deals", "/verification": "Queue" };

function Place({ item }: { readonly item: NavItem }): ReactElement {
  return (
    <Link to={item.to} activeOptions={{ exact: item.to === "/", includeSearch: false }} className={place}>
      <item.icon size={22} aria-hidden="true" />
      {shortLabels[item.to] ?? item.label}
    </Link>
  );
}
