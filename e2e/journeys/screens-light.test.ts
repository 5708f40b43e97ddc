import { checkScreens } from "../browser/screen-checks.ts";

checkScreens("light");
