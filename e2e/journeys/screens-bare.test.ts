import { checkBareScreens } from "../browser/screen-checks.ts";

checkBareScreens();
