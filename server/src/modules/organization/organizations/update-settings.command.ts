import { isCurrency } from "@rainmaker/contracts/currencies";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { updateSettings as contract } from "@rainmaker/contracts/organization/members";
import { isTimeZone } from "@rainmaker/contracts/time";
import { changesBetween, patched } from "#platform/audit";
import type { Asked } from "#platform/http";
import { invalidField, refuseStale } from "#platform/errors";
import type { OrganizationContext } from "../organization.context.ts";
import { lockSettings, saveSettings, type StoredSettings } from "./organizations.store.ts";

export async function updateSettings(
  ctx: OrganizationContext,
  body: BodyOf<typeof contract>,
  { seenVersion }: Asked,
): Promise<StoredSettings> {
  const before = await lockSettings(ctx);
  await refuseStale(before, seenVersion, async () => before);
  const { name, currency, timeZone, workdays, holidays, quorum } = body;
  if (currency !== undefined && !isCurrency(currency))
    throw invalidField("currency", "currency_unknown", "Not an ISO 4217 currency code");
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw invalidField("timeZone", "time_zone_unknown", "Not an IANA time zone");
  const unique = workdays === undefined ? undefined : [...new Set(workdays)].toSorted((a, b) => a - b);
  const after = {
    ...patched(before, { name, currency, timeZone, workdays: unique, holidays, quorum }),
    version: before.version + 1,
  };
  await saveSettings(ctx, after);
  ctx.emit({
    type: "organization.changed",
    recordId: ctx.actor.organizationId,
    label: after.name,
    version: after.version,
    changes: changesBetween(before, after),
    facts: {},
  });
  return after;
}
