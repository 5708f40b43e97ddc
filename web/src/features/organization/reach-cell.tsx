import { reaches, type Permission } from "@rainmaker/contracts/organization/permissions";
import { hasReach } from "@rainmaker/contracts/organization/reach";
import type { KeyboardEvent, ReactElement } from "react";
import { cx } from "#lib/class-names";
import { Menu, MenuChoice, MenuLabel } from "#ui/menu";
import { permissionLabel, reachWords, type CellReach } from "./permission-words.ts";

const looks: Readonly<Record<CellReach, string>> = {
  none: "text-subtle",
  own: "text-brand-fg shadow-[inset_0_0_0_1px_var(--brand-border)]",
  team: "bg-brand-soft text-brand-fg",
  tree: "bg-[var(--brand-soft-hover)] text-brand-fg",
  all: "bg-brand text-on-brand",
};

const box = "inline-flex h-6 w-18.5 items-center justify-center rounded-sm text-xs leading-none font-medium";

/** How far a role reaches, to read. */
export function ReachMark({ reach }: { readonly reach: CellReach }): ReactElement {
  const { label } = reachWords[reach];
  return <span className={cx(box, looks[reach])}>{reach === "none" ? <Dash /> : label}</span>;
}

function Dash(): ReactElement {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span className="sr-only">None</span>
    </>
  );
}

type ReachCellProps = {
  readonly role: string;
  readonly permission: Permission;
  readonly reach: CellReach;
  readonly isChanged: boolean;
  readonly onChange: (reach: CellReach) => void;
};

/** The same, to change: by menu, or by the keys 0 to 4. Arrow keys go from cell to cell. */
export function ReachCell({ role, permission, reach, isChanged, onChange }: ReachCellProps): ReactElement {
  const choices: readonly CellReach[] = hasReach(permission) ? ["none", ...reaches] : ["none", "all"];
  const label = permissionLabel(permission);
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const chosen = choices[Number(event.key)];
    if (/^\d$/.test(event.key) && chosen !== undefined) onChange(chosen);
    else if (!goToNeighbour(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const trigger = (
    <button
      type="button"
      data-cell={permission}
      aria-label={`${role}, ${label}: ${reachWords[reach].label}${isChanged ? ", changed" : ""}`}
      onKeyDown={onKeyDown}
      className={cx(box, looks[reach], "relative pointer-coarse:h-11")}
    >
      {reach === "none" ? <span aria-hidden="true">–</span> : reachWords[reach].label}
      {isChanged && <span aria-hidden="true" className="absolute -right-2.5 size-1.75 rounded-full bg-warning" />}
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuLabel>{`${role}, ${label.charAt(0).toLowerCase()}${label.slice(1)}`}</MenuLabel>
      <MenuChoice
        value={reach}
        onChange={onChange}
        options={choices.map((value) => ({ value, label: `${reachWords[value].label}: ${reachWords[value].meaning}` }))}
      />
    </Menu>
  );
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/** Moves the focus to the next cell that can be changed. @returns whether the key was one of the arrows */
function goToNeighbour({ key, currentTarget }: KeyboardEvent<HTMLButtonElement>): boolean {
  const step = steps[key];
  if (step === undefined) return false;
  const rows = [...(currentTarget.closest("table")?.querySelectorAll("tr") ?? [])]
    .map((row) => [...row.querySelectorAll<HTMLButtonElement>("button[data-cell]")])
    .filter((cells) => cells.length > 0);
  const row = rows.findIndex((cells) => cells.includes(currentTarget));
  const column = rows[row]?.indexOf(currentTarget) ?? 0;
  rows[row + step[0]]?.[column + step[1]]?.focus();
  return true;
}
