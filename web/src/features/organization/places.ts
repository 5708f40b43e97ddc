import { currencyCodes, isCurrency } from "@rainmaker/contracts/currencies";
import { browserTimeZone } from "#lib/format";
import type { Choice } from "#ui/combobox";

let currencies: readonly Choice[] | undefined;

/** Currencies by code, with their names. */
export function currencyChoices(): readonly Choice[] {
  if (currencies === undefined) {
    const names = new Intl.DisplayNames("en-GB", { type: "currency" });
    currencies = currencyCodes.map((code) => ({ value: code, label: code, detail: names.of(code) }));
  }
  return currencies;
}

let zones: readonly Choice[] | undefined;

/** Time zones by place: "Europe/Berlin" reads as Berlin, Europe. */
export function timeZoneChoices(): readonly Choice[] {
  zones ??= [...new Set(["UTC", browserTimeZone(), ...Intl.supportedValuesOf("timeZone")])].map((zone) => {
    const parts = zone.replaceAll("_", " ").split("/");
    return { value: zone, label: parts.at(-1) ?? zone, detail: parts.slice(0, -1).join(", ") || undefined };
  });
  return zones;
}

const byRegion: Readonly<Record<string, string>> = {
  GB: "GBP",
  US: "USD",
  CH: "CHF",
  SE: "SEK",
  NO: "NOK",
  DK: "DKK",
  PL: "PLN",
  CA: "CAD",
  AU: "AUD",
};

/** A guess from where the browser is set to live; changed in a moment where it is wrong. */
export function likelyCurrency(): string {
  const { region } = new Intl.Locale(navigator.language).maximize();
  const guess = byRegion[region ?? ""] ?? (browserTimeZone().startsWith("Europe/") ? "EUR" : "USD");
  return isCurrency(guess) ? guess : "USD";
}
