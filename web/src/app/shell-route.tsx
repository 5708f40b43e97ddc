import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { createRoute, notFound, redirect } from "@tanstack/react-router";
import type * as z from "zod/mini";
import { restoreSession } from "#lib/session";
import { root } from "./entrance-routes.tsx";
import { page } from "./page.ts";

declare module "@tanstack/react-router" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface StaticDataRouteOption {
    /** Who lacks it gets the page that says who can grant it. */
    permission?: Permission;
    /** Title of that page. */
    title?: string;
  }
}

export const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: page(() => import("./shell.tsx"), "Shell"),
  beforeLoad: async ({ location }) => {
    const session = await restoreSession();
    if (session.kind === "signed-in") return;
    redirect({ to: "/sign-in", search: location.href === "/" ? {} : { to: location.href }, throw: true });
  },
});

/** What can be no id of ours names nothing. Said here, not in `parse`, so that the page around it stays. */
export function refuseUnless(schema: z.ZodMiniType, param: unknown): void {
  // oxlint-disable-next-line typescript/only-throw-error -- what the router catches is its own kind of object
  if (!schema.safeParse(param).success) throw notFound();
}
