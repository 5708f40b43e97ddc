import type { User } from "@rainmaker/contracts/organization/sessions";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import { listenForTypeAhead, openPalette } from "#lib/commands";
import { whenIdle } from "#lib/idle";
import { useKey } from "#lib/keys";
import { lazyLayer } from "#ui/lazy-part";
import { closeKeysSheet, openKeysSheet, useKeysSheet } from "./keys-sheet-state.ts";
import { navigationFor, type NavItem } from "./navigation.ts";
import { toggleRail } from "./preferences.ts";

const everywhere = { scope: "everywhere" } as const;
const KeysSheet = lazyLayer("The list of keys", async () => (await import("./keys-sheet.tsx")).KeysSheet);

/** The keys that work on every page. */
export function GlobalKeys({ user }: { readonly user: User }): ReactElement {
  const isSheetOpen = useKeysSheet();
  useEffect(() => listenForTypeAhead(), []);
  useKey("mod+k", "Search or jump to", () => openPalette(), everywhere);
  useKey("/", "Search or jump to", () => openPalette(), everywhere);
  useKey("?", "Keys of this page", openKeysSheet, everywhere);
  useKey("[", "Collapse the sidebar", toggleRail, everywhere);
  return (
    <>
      {navigationFor(user).flatMap(({ items }) => items.map((item) => <GoKey key={item.to} item={item} />))}
      {isSheetOpen && <KeysSheet onClose={closeKeysSheet} />}
    </>
  );
}

/** Goes to a place by its key, and fetches the page behind it when there is time: nobody waits for it then. */
function GoKey({ item }: { readonly item: NavItem }): null {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => void whenIdle().then(() => router.preloadRoute({ to: item.to })), [router, item.to]);
  useKey(item.key, `Go to ${item.label}`, () => void navigate({ to: item.to }), everywhere);
  return null;
}
