import { expect, test } from "vitest";
import { placeSentence } from "./place-sentence.ts";

type Rows = Parameters<typeof placeSentence>[0];
const row = (name: string, rank: number | null, ratio: string | null, isYou = false): Rows[number] =>
  ({ rank, ratio, isYou, streak: 0, member: { id: name, name } }) as unknown as Rows[number];

test("says the place and how far the next one is", () => {
  const rows = [row("Jonah Whitlock", 1, "1.8566"), row("Lena H", 2, "0.7368"), row("Maya", 3, "0.5000", true)];
  expect(placeSentence(rows)).toEqual({ title: "3rd of 3", detail: "Lena is 24 points ahead." });
});

test("equal results share a rank; nobody is ahead of who leads", () => {
  expect(placeSentence([row("A", 1, "0.6000", true), row("B", 1, "0.6000")])).toEqual({
    title: "1st of 2",
    detail: "You share the lead.",
  });
  expect(placeSentence([row("A", 1, "0.6000", true), row("B", 2, "0.5000")])?.detail).toBe("You lead.");
});

test("without a goal there is no rank, outside of the list no place", () => {
  expect(placeSentence([row("A", 1, "0.6000"), row("B", null, null, true)])?.title).toBe("Not ranked");
  expect(placeSentence([row("A", 1, "0.6000")])).toBeNull();
});

test("ordinals of the teens", () => {
  expect(placeSentence([row("A", 11, "0.6", true)])?.title).toBe("11th of 1");
  expect(placeSentence([row("A", 22, "0.6", true)])?.title).toBe("22nd of 1");
});
