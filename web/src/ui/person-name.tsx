import type { ReactElement } from "react";
import { Avatar } from "#ui/avatar";

type PersonNameProps = { readonly person: { readonly id: string; readonly name: string } | null };

/** Somebody in a cell: face and name. */
export function PersonName({ person }: PersonNameProps): ReactElement {
  if (person === null) return <span className="text-subtle">nobody</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar person={person} size={20} isDecorative />
      <span className="truncate">{person.name}</span>
    </span>
  );
}
