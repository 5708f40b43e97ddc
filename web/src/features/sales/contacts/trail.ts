import type { ContactId } from "@rainmaker/contracts/ids";
import { createTrail } from "#lib/trail";

export const { leave: leaveTrail, usePlace: useTrail } = createTrail<ContactId>();
