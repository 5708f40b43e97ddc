import { checkFilledScreens } from "../browser/screen-checks.ts";

checkFilledScreens();
