import type { ContactId } from "@rainmaker/contracts/ids";
import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Avatar } from "#ui/avatar";
import { IconButton } from "#ui/button";

type PersonLineProps = {
  readonly person: { readonly id: ContactId; readonly name: string; readonly title: string | null };
  /** The part they have. */
  readonly role: ReactNode;
  readonly removeLabel: string;
  readonly onRemove: (() => void) | undefined;
};

/** A contact in a list of people: who, what they do, their part. */
export function PersonLine({ person, role, removeLabel, onRemove }: PersonLineProps): ReactElement {
  return (
    <li className="flex items-center gap-2.5 border-t border-line-subtle px-4 py-2">
      <Avatar person={person} size={24} isDecorative />
      <span className="min-w-0 flex-1">
        <Link
          to="/contacts/$contactId"
          params={{ contactId: person.id }}
          className="block truncate rounded-xs font-medium hover:underline"
        >
          {person.name}
        </Link>
        {person.title !== null && <span className="block truncate text-xs text-subtle">{person.title}</span>}
      </span>
      {role}
      {onRemove !== undefined && <IconButton icon={X} size="xs" label={removeLabel} onClick={onRemove} />}
    </li>
  );
}
