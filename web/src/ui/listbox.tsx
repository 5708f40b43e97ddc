/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events -- a datalist can be neither
   styled nor grouped; the search field keeps the focus and the keys, and points here by aria-activedescendant. */
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";

type ListboxProps = {
  readonly id: string;
  readonly label: string;
  readonly className?: string | undefined;
  readonly children?: ReactNode;
};

/** What a search field with role combobox chooses from. */
export function Listbox({ id, label, className, children }: ListboxProps): ReactElement {
  return (
    <div id={id} role="listbox" aria-label={label} tabIndex={-1} className={cx("scroll-area outline-none", className)}>
      {children}
    </div>
  );
}

type ListGroupProps = { readonly id: string; readonly title: string; readonly children: ReactNode };

export function ListGroup({ id, title, children }: ListGroupProps): ReactElement {
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} className="px-2.5 pt-2 pb-1 text-2xs font-medium text-subtle">
        {title}
      </p>
      {children}
    </div>
  );
}

type ListOptionProps = {
  readonly id: string;
  /** The one Enter chooses. */
  readonly isActive: boolean;
  readonly onActivate: () => void;
  readonly onChoose: () => void;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

export function ListOption(props: ListOptionProps): ReactElement {
  const { id, isActive, onActivate, onChoose, className, children } = props;
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onPointerMove={onActivate}
      onClick={onChoose}
      className={cx("flex cursor-pointer items-center aria-selected:bg-hover dark:aria-selected:bg-active", className)}
    >
      {children}
    </div>
  );
}

/** The place in a list after an arrow key, around its ends; null for other keys. */
export function placeAfterKey(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at - 1 + count) % count;
    default:
      return null;
  }
}

/** Scrolls an option into view by its id. */
export function revealOption(id: string): void {
  document.getElementById(id)?.scrollIntoView({ block: "nearest" });
}
