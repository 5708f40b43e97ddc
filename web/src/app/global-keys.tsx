import type { User } from "@rainmaker/contracts/organization/sessions";
import { useNavigate } from "@tanstack/react-router";
import { Suspense, type ReactElement } from "react";
import { openPalette } from "#lib/commands";
import { lazyPart } from "#lib/idle";
import { useKey } from "#lib/keys";
import { openKeysSheet, useKeysSheet } from "./keys-sheet-state.ts";
import { navigationFor, type NavItem } from "./navigation.ts";
import { toggleRail } from "./preferences.ts";

const everywhere = { scope: "everywhere" } as const;
const KeysSheet = lazyPart(async () => (await import("./keys-sheet.tsx")).KeysSheet);

/** The keys that work on every page. */
export function GlobalKeys({ user }: { readonly user: User }): ReactElement {
  const isSheetOpen = useKeysSheet();
  useKey("mod+k", "Search or jump to", () => openPalette(), everywhere);
  useKey("/", "Search or jump to", () => openPalette(), everywhere);
  useKey("?", "Keys of this page", openKeysSheet, everywhere);
  useKey("[", "Collapse the sidebar", toggleRail, everywhere);
  return (
    <>
      {navigationFor(user).flatMap(({ items }) => items.map((item) => <GoKey key={item.to} item={item} />))}
      <Suspense fallback={null}>{isSheetOpen && <KeysSheet />}</Suspense>
    </>
  );
}

function GoKey({ item }: { readonly item: NavItem }): null {
  const navigate = useNavigate();
  useKey(item.key, `Go to ${item.label}`, () => void navigate({ to: item.to }), everywhere);
  return null;
}
