import type { TimelineEntry } from "@rainmaker/contracts/records/records";
import { Ellipsis, Link2, Pin, PinOff } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useCan } from "#lib/session";
import { IconButton } from "#ui/button";
import { Menu, MenuItem } from "#ui/menu";
import { copyEntryLink, togglePin, type TimelineOf } from "./use-timeline.ts";

type EntryMenuProps = {
  readonly entry: TimelineEntry;
  readonly of: TimelineOf;
  /** Verbs of what the entry tells of, before those of the entry itself. */
  readonly children?: ReactNode;
};

/** What can be done with an entry of a timeline. */
export function EntryMenu({ entry, of, children }: EntryMenuProps): ReactElement {
  const mayPin = useCan(`${of.entity}.edit`);
  const label = `Actions for ${entry.label ?? "this entry"}`;
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} size="xs" label={label} />}>
      {children}
      {mayPin && (
        <MenuItem icon={entry.isPinned ? PinOff : Pin} onSelect={() => void togglePin(of, entry)}>
          {entry.isPinned ? "Take down" : "Pin to the top"}
        </MenuItem>
      )}
      <MenuItem icon={Link2} onSelect={() => void copyEntryLink(entry)}>
        Copy the link
      </MenuItem>
    </Menu>
  );
}
