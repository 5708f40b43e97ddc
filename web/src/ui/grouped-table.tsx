import { ChevronRight } from "lucide-react";
import { useRef, useState, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { useKey } from "#lib/keys";
import { ErrorState } from "#ui/error-state";
import { SkeletonLines } from "#ui/skeleton";

export type TableGroup = {
  readonly key: string;
  readonly name: string;
  /** At the right: how many, how much. */
  readonly figures: ReactNode;
};

type GroupedTableProps = {
  /** What the rows are: "Opportunities". */
  readonly label: string;
  readonly groups: readonly TableGroup[] | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly empty: ReactNode;
  /** Below the groups: what all of them come to. */
  readonly foot: ReactNode;
  /** The rows of a group, a DataTable that is a part; the first one that is open shows its head for all. */
  readonly children: (group: TableGroup, isFirst: boolean) => ReactElement;
};

/** So many stand open at first: rows of the others are read when somebody opens them. */
const openAtFirst = 3;

/** Rows in groups, each with a head that says what it comes to and that folds it. J and K go through heads and rows. */
export function GroupedTable(props: GroupedTableProps): ReactElement {
  const { label, groups, error, onRetry, empty, foot, children } = props;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const frame = useRef<HTMLDivElement>(null);
  const step = (by: number): void => {
    const stops = [...(frame.current?.querySelectorAll<HTMLElement>("[data-group], [data-row]") ?? [])];
    const at = stops.findIndex((stop) => stop.contains(document.activeElement));
    const next = stops[at < 0 ? 0 : Math.min(stops.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const hasGroups = groups !== undefined && groups.length > 0;
  useKey("j", "Next row", () => step(1), { isActive: hasGroups });
  useKey("k", "Previous row", () => step(-1), { isActive: hasGroups });
  if (groups === undefined) {
    if (error !== null) return <ErrorState error={error} what={label} onRetry={onRetry} className="m-5 max-sm:m-4" />;
    return (
      <div className="p-5">
        <SkeletonLines />
      </div>
    );
  }
  if (groups.length === 0) return <div className="p-5 max-sm:p-4">{empty}</div>;
  const toggle = (key: string): void => {
    const next = new Set(toggled);
    if (!next.delete(key)) next.add(key);
    setToggled(next);
  };
  const isOpenAt = (key: string, place: number): boolean => toggled.has(key) !== place < openAtFirst;
  const firstOpen = groups.findIndex(({ key }, place) => isOpenAt(key, place));
  return (
    <div ref={frame}>
      {groups.map((group, place) => {
        const isOpen = isOpenAt(group.key, place);
        return (
          <section key={group.key} aria-label={group.name}>
            <GroupHead group={group} isOpen={isOpen} onToggle={() => toggle(group.key)} />
            {isOpen && children(group, place === firstOpen)}
          </section>
        );
      })}
      <div className="sticky bottom-0 flex h-9 items-center justify-between gap-4 border-t bg-surface px-5 text-xs text-muted max-sm:px-4">
        {foot}
      </div>
    </div>
  );
}

type GroupHeadProps = { readonly group: TableGroup; readonly isOpen: boolean; readonly onToggle: () => void };

function GroupHead({ group, isOpen, onToggle }: GroupHeadProps): ReactElement {
  return (
    <h3>
      <button
        type="button"
        data-group={group.key}
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex h-9 w-full items-center gap-2 border-b border-line-subtle bg-sunken px-5 text-left -outline-offset-2 hover:bg-hover max-sm:px-4 pointer-coarse:h-11"
      >
        <ChevronRight
          size={14}
          aria-hidden="true"
          className={cx("flex-none text-subtle transition-transform", isOpen && "rotate-90")}
        />
        <span className="min-w-0 truncate font-medium">{group.name}</span>
        <span className="tnum ml-auto flex-none text-xs text-muted">{group.figures}</span>
      </button>
    </h3>
  );
}
