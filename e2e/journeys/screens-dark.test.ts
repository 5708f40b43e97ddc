import { checkScreens } from "../browser/screen-checks.ts";

checkScreens("dark", ["color-contrast", "link-in-text-block"]);
