const features = [
  () => import("../features/organization/commands.ts"),
  () => import("../features/records/commands.ts"),
  () => import("../features/revenue/commands.ts"),
  () => import("../features/revenue/commissions/commands.ts"),
  () => import("../features/sales/contacts/commands.ts"),
  () => import("../features/sales/customers/commands.ts"),
  () => import("../features/sales/pipeline/commands.ts"),
  () => import("../features/sales/products/commands.ts"),
];

/** Registers what each feature adds to the palette. Fetched with it, not before. */
export async function loadFeatureCommands(): Promise<void> {
  await Promise.all(features.map((load) => load()));
}
