import { Ellipsis, FolderOpen, Trash2 } from "lucide-react";
import { IconButton } from "#ui/button";
import type { Column } from "#ui/data-table";
import { Menu, MenuItem } from "#ui/menu";

type RowVerbs<Row> = {
  readonly onOpen: (row: Row) => void;
  /** Left out for people who may not. */
  readonly onDelete: ((row: Row) => void) | undefined;
};

/** The column with what can be done to one row. */
export function rowVerbs<Row extends { readonly name: string }>({ onOpen, onDelete }: RowVerbs<Row>): Column<Row> {
  return {
    key: "verbs",
    head: "Actions",
    isHeadHidden: true,
    className: "w-12",
    render: (row) => (
      <Menu align="end" trigger={<IconButton icon={Ellipsis} size="xs" label={`Actions for ${row.name}`} />}>
        <MenuItem icon={FolderOpen} shortcut="enter" onSelect={() => onOpen(row)}>
          Open
        </MenuItem>
        {onDelete !== undefined && (
          <MenuItem icon={Trash2} isDanger onSelect={() => onDelete(row)}>
            Delete
          </MenuItem>
        )}
      </Menu>
    ),
  };
}
