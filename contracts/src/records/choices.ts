import * as z from "zod/mini";

export const importableEntities = ["customer", "contact", "opportunity", "interaction", "product"] as const;
export const ImportableEntity = z.enum(importableEntities);
export type ImportableEntity = z.output<typeof ImportableEntity>;

export const trashEntities = ["customer", "contact", "opportunity", "interaction"] as const;
