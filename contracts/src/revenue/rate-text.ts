/** "0.0725" as "7.25%": every digit the plan has, unlike a percentage for people. */
export function rateText(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const percent = `${whole}${fraction.slice(0, 2).padEnd(2, "0")}`.replace(/^0+(?=\d)/, "");
  const rest = fraction.slice(2).replace(/0+$/, "");
  return `${percent}${rest === "" ? "" : `.${rest}`}%`;
}
