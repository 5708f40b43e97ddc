// The pages before the sign-in. Those behind it are in routes.tsx.
import { createRootRoute, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { restoreSession } from "#lib/session";
import { NotFoundPage } from "./not-found-page.tsx";
import { page } from "./page.ts";
import { signInSearch } from "../features/organization/search.ts";

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });

export const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  beforeLoad: async ({ search }) => {
    if ((await restoreSession()).kind === "signed-in") redirect({ href: search.to ?? "/", throw: true });
  },
  component: page(() => import("../features/organization/sign-in-page.tsx"), "SignInPage"),
});

export const register = createRoute({
  getParentRoute: () => root,
  path: "/register",
  component: page(() => import("../features/organization/register-page.tsx"), "RegisterPage"),
});

export const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation/$token",
  component: page(() => import("../features/organization/invitation-page.tsx"), "InvitationPage"),
});
