import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchFocus } from "#lib/focus";
import { listenForKeys } from "#lib/keys";
import { watchNetwork } from "#lib/offline";
import { queryClient, watchCache } from "#lib/query";
import { keepLive } from "#lib/realtime";
import { mayBeSignedIn, restoreSession, watchOtherTabs } from "#lib/session";
import { watchTheme } from "#lib/theme";
import "../ui/app.css";
import { followNavigation } from "./navigation-effects.ts";
import { router } from "./routes.tsx";

watchTheme();
watchNetwork();
watchCache();
watchOtherTabs();
listenForKeys();
watchFocus();
keepLive();
followNavigation(router);
// Both before the first route asks for them: fewer round trips until the first data. The route says what went wrong.
restoreSession().catch(() => undefined);
if (mayBeSignedIn()) void import("./shell.tsx");

const element = document.getElementById("root");
if (element === null) throw new Error("index.html has lost its root element");
createRoot(element).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
