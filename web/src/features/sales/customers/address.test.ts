import { expect, test } from "vitest";
import { addressLines, addressParts, readAddress } from "./address.ts";

const wichita = { street: "12 Hangar Rd", postalCode: "67209", city: "Wichita", region: null, country: "USA" };

test("an address is written as on a letter, without what is not known", () => {
  expect(addressLines(wichita)).toEqual(["12 Hangar Rd", "67209 Wichita", "USA"]);
  expect(addressLines({ ...wichita, street: null, postalCode: null, country: null })).toEqual(["Wichita"]);
  expect(addressLines(null)).toEqual([]);
});

test("parts left empty are none, and an address without any is none", () => {
  expect(readAddress(addressParts(wichita))).toEqual(wichita);
  expect(readAddress({ ...addressParts(null), city: "  " })).toBeNull();
});
