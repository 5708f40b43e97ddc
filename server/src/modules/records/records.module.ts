import type { Module } from "#platform/module";
import { fileRoutes } from "./files/files.routes.ts";

/** What holds for records of every kind: lists, files, imports, search, trash. */
export const records: Module = { name: "records", routes: [fileRoutes] };
