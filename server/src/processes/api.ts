import { openHttp, serveUnknown, type Http } from "#platform/http";
import { serveDocs } from "#platform/openapi";
import { serveTelemetry } from "#platform/telemetry";
import type { Runtime } from "./runtime.ts";

/** The HTTP side: the API of all modules, its documentation, health and figures. Not listening yet. */
export async function openApi(runtime: Runtime): Promise<Http> {
  const { config, workplace, storage, authenticate, clock, logger } = runtime;
  const http = await openHttp({ config, workplace, storage, authenticate, clock, logger });
  for (const module of runtime.modules) for (const addRoutes of module.routes ?? []) addRoutes(http);
  serveTelemetry(http);
  await serveDocs(http);
  serveUnknown(http);
  return http;
}
