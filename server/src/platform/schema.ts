/** Types of the database, generated from the migrations: npm run generate. */
export type { DB } from "./schema.gen.ts";
