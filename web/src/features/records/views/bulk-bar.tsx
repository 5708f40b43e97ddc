import type { BulkAction } from "@rainmaker/contracts/records/bulk";
import type { Filter } from "@rainmaker/contracts/records/filters";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { Download, Trash2, X } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatCount } from "#lib/format";
import { useKey } from "#lib/keys";
import { Button, IconButton } from "#ui/button";
import { Progress } from "#ui/progress";
import { BulkValue, type BulkField } from "./bulk-value.tsx";
import { BulkTrial } from "./bulk-trial.tsx";
import { countWords, filterOf, useBulk, type Selected } from "./use-bulk.ts";

type BulkBarProps = {
  readonly entity: ViewEntity;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  /** What the list shows, for "all". */
  readonly filter: Filter;
  /** How many the list has; undefined where nobody counted that far. */
  readonly count: number | undefined;
  /** How many of them are loaded: all of these can be chosen by hand. */
  readonly loaded: number | undefined;
  /** What can be set, as far as the person may. */
  readonly fields: readonly BulkField[];
  readonly mayDelete: boolean;
  readonly onExport: (filter: Filter) => void;
};

/** More than this are tried out before they are changed. */
const withoutTrial = 50;

/** What can be done with the chosen rows. It floats over the list while some are chosen or a change is at work. */
export function BulkBar(props: BulkBarProps): ReactElement | null {
  const { entity, selected, onSelect, filter, count, loaded, fields, mayDelete, onExport } = props;
  const [isAll, setIsAll] = useState(false);
  const [trying, setTrying] = useState<{ filter: Filter; action: BulkAction } | null>(null);
  const { running, start, stop } = useBulk(entity);
  const hasSelection = selected.size > 0;
  // All of the list holds only while all loaded rows are chosen.
  const isEverything = isAll && selected.size === loaded;
  const chosen: Selected = isEverything ? { kind: "all" } : { kind: "rows", ids: [...selected] };
  const clear = (): void => {
    setIsAll(false);
    onSelect(new Set());
  };
  const run = async (asked: Filter, action: BulkAction, confirmedCount?: number): Promise<void> => {
    setTrying(null);
    if (await start(asked, action, confirmedCount)) clear();
  };
  const ask = (action: BulkAction): void => {
    const asked = filterOf(chosen, filter);
    const isLarge = isEverything || selected.size > withoutTrial || action.kind === "delete";
    if (isLarge) setTrying({ filter: asked, action });
    else void run(asked, action);
  };
  useKey("escape", "Clear the selection", clear, { isActive: hasSelection });
  if (running !== null) {
    const mayStop = running.status === "queued" || running.status === "running";
    return (
      <BulkProgress entity={entity} done={doneOf(running)} total={running.total} onStop={mayStop ? stop : undefined} />
    );
  }
  if (!hasSelection) return null;
  return (
    <>
      <div role="toolbar" aria-label="Selected rows" className={look}>
        <output className="px-2 font-semibold whitespace-nowrap">
          {isEverything ? "All" : formatCount(selected.size)} selected
        </output>
        {!isEverything && <SelectAll {...{ selected, loaded, count }} onAll={() => setIsAll(true)} />}
        {fields.map((field) => (
          <BulkValue key={field.label} field={field} className={verbLook} onDone={ask} />
        ))}
        <Button
          size="sm"
          tone="ghost"
          icon={Download}
          className={verbLook}
          onClick={() => onExport(filterOf(chosen, filter))}
        >
          Export
        </Button>
        {mayDelete && (
          <Button size="sm" tone="ghost" icon={Trash2} className={verbLook} onClick={() => ask({ kind: "delete" })}>
            Delete
          </Button>
        )}
        <IconButton
          icon={X}
          size="sm"
          label="Clear the selection"
          shortcut="escape"
          className={verbLook}
          onClick={clear}
        />
      </div>
      {trying !== null && (
        <BulkTrial
          entity={entity}
          {...trying}
          onClose={() => setTrying(null)}
          onRun={(count) => void run(trying.filter, trying.action, count)}
        />
      )}
    </>
  );
}

type SelectAllProps = Pick<BulkBarProps, "selected" | "loaded" | "count"> & { readonly onAll: () => void };

/** From all rows that are loaded to all there are. */
function SelectAll({ selected, loaded, count, onAll }: SelectAllProps): ReactElement | null {
  const hasMore = count === undefined || loaded === undefined || count > loaded;
  if (selected.size !== loaded || !hasMore) return null;
  return (
    <Button size="sm" tone="ghost" className={verbLook} onClick={onAll}>
      Select all {count === undefined ? "that match" : formatCount(count)}
    </Button>
  );
}

const look =
  "absolute inset-x-0 bottom-4 z-(--z-sticky) mx-auto flex w-fit max-w-[calc(100%-24px)] items-center gap-1 overflow-x-auto rounded-xl border bg-raised p-1.5 shadow-[var(--elev-lg)] [scrollbar-width:none] max-sm:bottom-2";
const verbLook = "pointer-coarse:h-11";

function doneOf({
  status,
  changed,
  unchanged,
  refused,
  undo,
}: NonNullable<ReturnType<typeof useBulk>["running"]>): number {
  return status === "undoing" ? (undo?.restored ?? 0) + (undo?.kept ?? 0) : changed + unchanged + refused;
}

type BulkProgressProps = {
  readonly entity: ViewEntity;
  readonly done: number;
  readonly total: number;
  /** Left out where there is nothing to stop. */
  readonly onStop: (() => void) | undefined;
};

function BulkProgress({ entity, done, total, onStop }: BulkProgressProps): ReactElement {
  const text = `${formatCount(done)} of ${countWords(entity, total)}`;
  return (
    <div className={look}>
      <output className="flex w-72 flex-col gap-1.5 px-2 py-1">
        <span className="tnum text-xs text-muted">Changing {text}</span>
        <Progress label="Bulk change" share={total === 0 ? null : done / total} text={text} />
      </output>
      {onStop !== undefined && (
        <Button size="sm" tone="ghost" className={verbLook} onClick={onStop}>
          Stop
        </Button>
      )}
    </div>
  );
}
