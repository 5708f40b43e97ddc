import type { ReactElement } from "react";
import { IconButton } from "#ui/button";
import { Ellipsis } from "lucide-react";
import { Menu, MenuItem } from "#ui/menu";
import { Tabs } from "#ui/tabs";
import type { ShownView } from "./use-views.ts";

type ViewTabsProps = {
  /** What the list is of: "Customers". */
  readonly label: string;
  readonly panelId: string;
  /** Tabs that are there without anybody having saved them. */
  readonly fixed: readonly { readonly value: string; readonly label: string; readonly count?: number | undefined }[];
  readonly shown: Pick<ShownView, "views" | "current">;
  /** The open tab: a fixed one, or the id of a view. */
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** Views of a list as tabs: the fixed ones, those that are pinned, and the open one; others stand behind them. */
export function ViewTabs({ label, panelId, fixed, shown, value, onChange }: ViewTabsProps): ReactElement {
  const isTab = ({ id, isPinned }: ShownView["views"][number]): boolean => isPinned || id === shown.current?.id;
  const others = shown.views.filter((view) => !isTab(view));
  const tabs = [...fixed, ...shown.views.filter(isTab).map(({ id, name }) => ({ value: id as string, label: name }))];
  return (
    <>
      <Tabs className="flex-none" label={label} panelId={panelId} value={value} onChange={onChange} tabs={tabs} />
      {others.length > 0 && (
        <Menu trigger={<IconButton icon={Ellipsis} size="sm" tone="ghost" label="More views" />}>
          {others.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => onChange(id)}>
              {name}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}
