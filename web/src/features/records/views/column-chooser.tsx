import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import type { ReactElement } from "react";
import { Button, IconButton } from "#ui/button";
import { Checkbox } from "#ui/checkbox";
import { Popover } from "#ui/popover";
import { columnKeys, withKeys } from "./columns.ts";

type ColumnChooserProps = {
  /** Every column of the list, in its own order. */
  readonly all: readonly { readonly key: string; readonly head: string }[];
  /** Those that stand, in order, as the address writes them. The first one stays. */
  readonly chosen: readonly string[];
  readonly onChange: (columns: readonly string[]) => void;
};

/** Which columns stand, and in which order. */
export function ColumnChooser({ all, chosen: columns, onChange: onColumns }: ColumnChooserProps): ReactElement {
  const chosen = columnKeys(columns);
  const onChange = (keys: readonly string[]): void => onColumns(withKeys(columns, keys));
  const standing = chosen.flatMap((key) => all.find((column) => column.key === key) ?? []);
  const others = all.filter(({ key }) => !chosen.includes(key));
  const swap = (at: number, to: number): void => onChange(chosen.toSpliced(at, 1).toSpliced(to, 0, chosen[at] ?? ""));
  return (
    <Popover
      label="Columns"
      align="end"
      trigger={
        <Button size="sm" icon={Columns3}>
          Columns
        </Button>
      }
    >
      <ul aria-label="Columns" className="flex w-64 flex-col">
        {standing.map(({ key, head }, at) => (
          <li key={key} className="flex h-8 items-center justify-between gap-2 pointer-coarse:h-11">
            <Checkbox
              label={head}
              checked
              disabled={at === 0}
              onChange={() => onChange(chosen.filter((one) => one !== key))}
            />
            {at > 0 && (
              <span className="flex">
                <IconButton
                  icon={ArrowUp}
                  size="xs"
                  tone="ghost"
                  label={`Move ${head} up`}
                  disabledReason={at === 1 ? "It is the first one after the name" : undefined}
                  onClick={() => swap(at, at - 1)}
                />
                <IconButton
                  icon={ArrowDown}
                  size="xs"
                  tone="ghost"
                  label={`Move ${head} down`}
                  disabledReason={at === standing.length - 1 ? "It is the last one" : undefined}
                  onClick={() => swap(at, at + 1)}
                />
              </span>
            )}
          </li>
        ))}
        {others.map(({ key, head }) => (
          <li key={key} className="flex h-8 items-center pointer-coarse:h-11">
            <Checkbox label={head} checked={false} onChange={() => onChange([...chosen, key])} />
          </li>
        ))}
      </ul>
    </Popover>
  );
}
