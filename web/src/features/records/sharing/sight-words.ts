import type { SightReason } from "@rainmaker/contracts/records/sharing";

/** Why the viewer sees a record, as a sentence. @param me id of the viewer */
export function reasonText({ kind, via, roles }: SightReason, me: string): string {
  const role = roles.join(" and ");
  const name = via?.name ?? "its owner";
  const isMine = via === null || via.id === me;
  switch (kind) {
    case "own":
      return "It is yours.";
    case "all":
      return `As ${role} you see everybody's.`;
    case "team":
      return `As ${role} you see your team's, and ${name} is in it.`;
    case "tree":
      return `As ${role} you see the teams below yours, and ${name} is in one.`;
    case "shared":
      return isMine ? "It was shared with you." : `It was shared with ${name}, whose records you see.`;
    case "related":
      return isMine ? mineRelated : `${name}, whose records you see, works on something that belongs to it.`;
  }
}

const mineRelated = "You work on something that belongs to it, such as a sale.";
