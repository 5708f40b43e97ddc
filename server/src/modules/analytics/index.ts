export { analytics } from "./analytics.module.ts";
