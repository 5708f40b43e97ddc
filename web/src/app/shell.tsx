import { Outlet, useMatches } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { Suspense, useEffect, useMemo, useState, type ReactElement } from "react";
import { useAnnouncement } from "#lib/announce";
import { closePalette, openPalette, usePalette } from "#lib/commands";
import { can, useSession } from "#lib/session";
import { useToasts } from "#lib/toasts";
import { IconButton } from "#ui/button";
import { NoAccess } from "#ui/error-state";
import { idlePart, lazyLayer } from "#ui/lazy-part";
import { LayerContainer } from "#ui/layer-container";
import { PageBody, PageHead, PhoneSlots } from "#ui/page-head";
import { BottomNav } from "./bottom-nav.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { DrawerButton } from "./drawer-button.tsx";
import { GlobalKeys } from "./global-keys.tsx";
import { useIsRail } from "./preferences.ts";
import { Sidebar } from "./sidebar.tsx";

const CommandPalette = lazyLayer("Search", async () => (await import("./command-palette.tsx")).CommandPalette);
const messages = idlePart("Messages", async () => (await import("#ui/toast-region")).ToastRegion);
const tooltips = idlePart("Tooltips", async () => (await import("#ui/tooltip")).TooltipLayer);

/** The frame around every page behind the sign-in. */
export function Shell(): ReactElement | null {
  const session = useSession();
  const isRail = useIsRail();
  const isPaletteOpen = usePalette().kind === "open";
  const [main, setMain] = useState<HTMLElement | null>(null);
  const phoneSlots = useMemo(
    () => ({
      start: <DrawerButton className="hidden sm:inline-flex md:hidden" />,
      end: (
        <IconButton
          icon={Search}
          label="Search"
          tone="secondary"
          className="size-10 rounded-xl"
          onClick={() => openPalette()}
        />
      ),
    }),
    [],
  );
  // The router is on its way to the sign-in.
  if (session.kind !== "signed-in") return null;
  const { user } = session;
  return (
    <LayerContainer value={main}>
      <div
        data-rail={isRail || undefined}
        className="grid h-full grid-cols-1 overflow-hidden bg-canvas max-sm:grid-rows-[minmax(0,1fr)_auto] md:grid-cols-[var(--sidebar)_minmax(0,1fr)] md:data-rail:grid-cols-[var(--sidebar-rail)_minmax(0,1fr)]"
      >
        <a
          href="#main"
          className="absolute top-2 -left-[999px] z-(--z-toast) rounded-md bg-raised px-3 py-2 shadow-md focus:left-2"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById("main")?.focus();
          }}
        >
          Skip to content
        </a>
        <Sidebar user={user} isRail={isRail} className="max-md:hidden" />
        {/* Another person's pages start from nothing. */}
        <main
          key={`${user.organization?.id ?? ""}/${user.id}`}
          ref={setMain}
          id="main"
          tabIndex={-1}
          className="relative m-2 flex min-h-0 min-w-0 flex-col overflow-hidden rounded-xl border bg-surface shadow-xs outline-none max-sm:m-0 max-sm:rounded-none max-sm:border-0 max-sm:shadow-none md:ml-0"
        >
          <ConnectionBanner />
          <PhoneSlots value={phoneSlots}>
            <GuardedOutlet />
          </PhoneSlots>
          <Messages />
        </main>
        <BottomNav user={user} />
        <GlobalKeys user={user} />
        <Announcer />
        {isPaletteOpen && <CommandPalette onClose={closePalette} />}
        <Suspense fallback={null}>
          <tooltips.Part />
        </Suspense>
      </div>
    </LayerContainer>
  );
}

/** The page, or who can grant it to somebody whose role does not include it. */
function GuardedOutlet(): ReactElement {
  const session = useSession();
  const { permission, title = "No access" } = useMatches({ select: (matches) => matches.at(-1)?.staticData ?? {} });
  if (permission === undefined || (session.kind === "signed-in" && can(session.user, permission))) return <Outlet />;
  return (
    <>
      <PageHead title={title} />
      <PageBody>
        <NoAccess />
      </PageBody>
    </>
  );
}

/** The corner for messages: here before the first one, so that it is read out. */
function Messages(): ReactElement {
  const isWanted = useToasts().length > 0;
  useEffect(() => {
    if (isWanted) messages.load();
  }, [isWanted]);
  return (
    <Suspense fallback={null}>
      <messages.Part />
    </Suspense>
  );
}

function Announcer(): ReactElement {
  return (
    <p aria-live="polite" className="sr-only">
      {useAnnouncement()}
    </p>
  );
}
