import { Email } from "@rainmaker/contracts/organization/sessions";

export type Address = {
  readonly email: string;
  /** known: a member already, no invitation needed. */
  readonly state: "ok" | "invalid" | "known";
};

/** Cuts what was typed or pasted into addresses: by commas, semicolons, spaces and lines, names in front left out. */
export function splitAddresses(text: string): readonly string[] {
  return [...text.matchAll(/<([^<>\s]+@[^<>\s]+)>|[^\s,;<>"]+/g)]
    .map((match) => (match[1] ?? match[0]).toLowerCase())
    .filter((part, index, parts) => {
      // "Emre Bulut <emre@…>" leaves words behind; alone, a word without @ is a mistake to show.
      const hasNamed = parts.some((other) => other.includes("@"));
      return (part.includes("@") || !hasNamed) && parts.indexOf(part) === index;
    });
}

/** Judges an address against the contract and the people who are here. */
export function judgeAddress(email: string, knownEmails: ReadonlySet<string>): Address {
  if (!Email.safeParse(email).success) return { email, state: "invalid" };
  return { email, state: knownEmails.has(email) ? "known" : "ok" };
}
