import { Package } from "lucide-react";
import { registerCommands } from "#lib/commands";

registerCommands([
  {
    id: "sales.new-product",
    label: "New product",
    group: "create",
    icon: Package,
    also: "item article price list add",
    permission: "product.edit",
    to: "/products?edit=new",
  },
]);
