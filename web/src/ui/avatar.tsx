import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { colourOf, initialsOf } from "#lib/identity";

type Person = { readonly id: string; readonly name: string };

type AvatarProps = {
  readonly person: Person;
  readonly size?: 20 | 24 | 32 | 44;
  /** The name stands beside it: not read twice. */
  readonly isDecorative?: boolean;
  readonly className?: string | undefined;
};

const sizes = {
  20: "size-5 text-[8px]",
  24: "size-6 text-[10px]",
  32: "size-8 text-[12px]",
  44: "size-11 text-[15px]",
} as const;

export function Avatar({ person, size = 24, isDecorative = false, className }: AvatarProps): ReactElement {
  return (
    <span
      {...(isDecorative ? { "aria-hidden": true } : { role: "img", "aria-label": person.name })}
      data-tip={isDecorative ? undefined : person.name}
      style={{ background: colourOf(person.id) }}
      className={cx(
        "relative inline-grid flex-none place-items-center rounded-full leading-none font-semibold tracking-normal text-[#fff]",
        sizes[size],
        className,
      )}
    >
      {/* Drawn, not written: initials are no part of what a control that shows them is called. */}
      <span
        aria-hidden="true"
        data-initials={initialsOf(person.name)}
        className="before:content-[attr(data-initials)]"
      />
    </span>
  );
}

type AvatarStackProps = { readonly people: readonly Person[]; readonly size?: 20 | 24 | 32; readonly most?: number };

/** Several people in the room of one: three, and how many more. */
export function AvatarStack({ people, size = 20, most = 3 }: AvatarStackProps): ReactElement {
  const shown = people.length > most + 1 ? people.slice(0, most) : people;
  const rest = people.length - shown.length;
  return (
    <span className="inline-flex">
      {shown.map((person) => (
        <Avatar key={person.id} person={person} size={size} className="-ml-0.75 ring-2 ring-surface first:ml-0" />
      ))}
      {rest > 0 && <span className="tnum ml-1 self-center text-xs text-subtle">+{rest}</span>}
    </span>
  );
}
