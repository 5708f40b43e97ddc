import { lazyRouteComponent, type RouteComponent } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Offline } from "#lib/api-problem";
import { isReachable, noteUnreachable } from "#lib/offline";

/**
 * A page that is fetched when it is first gone to. Where that fails because there is no network, the page says so; the
 * router would take it for a new release and load the whole application again, which is not there either.
 */
export function page<Name extends string>(
  load: () => Promise<{ readonly [K in Name]: () => ReactNode }>,
  name: Name,
): RouteComponent {
  const fetchPage = async (): Promise<{ readonly [K in Name]: () => ReactNode }> => {
    try {
      return await load();
    } catch (error) {
      if (await isReachable()) throw error;
      noteUnreachable();
      throw new Offline();
    }
  };
  return lazyRouteComponent(fetchPage, name);
}
