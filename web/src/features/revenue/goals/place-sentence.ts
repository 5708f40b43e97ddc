import type { LeaderboardRow } from "@rainmaker/contracts/analytics/dashboard";
import type * as z from "zod/mini";

type Row = z.output<typeof LeaderboardRow>;

/** Where the viewer stands, and what the next place is away; null where the viewer is not in the list. */
export function placeSentence(rows: readonly Row[]): { readonly title: string; readonly detail: string } | null {
  const you = rows.find(({ isYou }) => isYou);
  if (you === undefined) return null;
  const ranked = rows.filter(({ rank }) => rank !== null);
  if (you.rank === null || you.ratio === null) {
    return { title: "Not ranked", detail: "You have no goal this month; nobody without one is ranked." };
  }
  const title = `${ordinal(you.rank)} of ${ranked.length}`;
  const { rank } = you;
  const next = ranked.findLast((row) => row.rank !== null && row.rank < rank);
  if (next === undefined) return { title, detail: sharesRank(ranked, rank) ? "You share the lead." : "You lead." };
  const points = Math.ceil((Number(next.ratio) - Number(you.ratio)) * 100);
  const name = next.member.name.split(" ")[0] ?? "";
  return { title, detail: `${name} is ${points === 1 ? "1 point" : `${points} points`} ahead.` };
}

function sharesRank(rows: readonly Row[], rank: number): boolean {
  return rows.filter((row) => row.rank === rank).length > 1;
}

function ordinal(rank: number): string {
  const isTeen = rank % 100 >= 11 && rank % 100 <= 13;
  const ending = isTeen ? "th" : (["th", "st", "nd", "rd"][rank % 10] ?? "th");
  return `${rank}${ending}`;
}
