import type { SavedView, ViewEntity } from "@rainmaker/contracts/records/views";
import {
  ChevronLeft,
  ChevronRight,
  Copy,
  Ellipsis,
  House,
  Pencil,
  Pin,
  PinOff,
  Plus,
  Trash2,
  Users,
  UsersRound,
} from "lucide-react";
import { useState, type ReactElement } from "react";
import { useCan } from "#lib/session";
import { Button, IconButton } from "#ui/button";
import { Menu, MenuItem, MenuSeparator } from "#ui/menu";
import { NameViewDialog } from "./name-view-dialog.tsx";
import { RolesOfViewDialog } from "./roles-of-view-dialog.tsx";
import { arrange, changeView, keepView, removeView, type ShownView } from "./use-views.ts";

type ViewActionsProps = {
  readonly entity: ViewEntity;
  readonly shown: ShownView;
  /** Opens a view as it was saved, or the list without one. */
  readonly onOpen: (viewId: string | undefined) => void;
};

type Naming = "new" | "copy" | "rename" | "roles";

/** Beside the tabs of views: keep what is shown as a new one, and what can be done with the open one. */
export function ViewActions({ entity, shown, onOpen }: ViewActionsProps): ReactElement {
  const [naming, setNaming] = useState<Naming | null>(null);
  const { current } = shown;
  const keep = async (name: string, isShared: boolean): Promise<boolean> => {
    const made = await keepView(entity, name, isShared, shown);
    if (made !== null) onOpen(made.id);
    return made !== null;
  };
  return (
    <>
      <IconButton icon={Plus} size="sm" tone="ghost" label="Save as a new view" onClick={() => setNaming("new")} />
      {current !== null && (
        <ViewMenu entity={entity} shown={shown} view={current} onName={setNaming} onGone={() => onOpen(undefined)} />
      )}
      {naming === "rename" && current !== null && (
        <NameViewDialog
          title="Rename the view"
          name={current.name}
          isShared={current.isShared}
          onClose={() => setNaming(null)}
          onDone={async (name, isShared) => (await changeView(current, { name, isShared })) !== null}
        />
      )}
      {naming === "roles" && current !== null && <RolesOfViewDialog view={current} onClose={() => setNaming(null)} />}
      {(naming === "new" || naming === "copy") && (
        <NameViewDialog
          title={naming === "copy" ? "Duplicate the view" : "New view"}
          name={naming === "copy" ? `${current?.name ?? ""} (copy)` : ""}
          isShared={false}
          onClose={() => setNaming(null)}
          onDone={keep}
        />
      )}
    </>
  );
}

type ViewMenuProps = Omit<ViewActionsProps, "onOpen"> & {
  readonly view: SavedView;
  readonly onName: (naming: Naming) => void;
  readonly onGone: () => void;
};

function ViewMenu({ entity, shown, view, onName, onGone }: ViewMenuProps): ReactElement {
  const { views, defaultViewId } = shown;
  const mayGive = useCan("organization.edit") && view.isShared;
  const at = views.findIndex(({ id }) => id === view.id);
  const isDefault = defaultViewId === view.id;
  const moveTo = (index: number): void =>
    void arrange(entity, views.toSpliced(at, 1).toSpliced(index, 0, view), defaultViewId);
  const remove = async (): Promise<void> => {
    onGone();
    await removeView(view);
  };
  return (
    <Menu trigger={<IconButton icon={Ellipsis} size="sm" tone="ghost" label={`Actions for the view ${view.name}`} />}>
      {view.mayEdit && (
        <MenuItem icon={Pencil} onSelect={() => onName("rename")}>
          Rename
        </MenuItem>
      )}
      <MenuItem icon={Copy} onSelect={() => onName("copy")}>
        Duplicate
      </MenuItem>
      {view.mayEdit && (
        <MenuItem icon={Users} onSelect={() => void changeView(view, { isShared: !view.isShared })}>
          {view.isShared ? "Keep to myself" : "Share with everybody"}
        </MenuItem>
      )}
      <MenuItem icon={House} onSelect={() => void arrange(entity, views, isDefault ? null : view.id)}>
        {isDefault ? "Do not open at the start" : "Open at the start"}
      </MenuItem>
      <MenuItem
        icon={view.isPinned ? PinOff : Pin}
        onSelect={() => void arrange(entity, views.with(at, { ...view, isPinned: !view.isPinned }), defaultViewId)}
      >
        {view.isPinned ? "Take off the tabs" : "Pin to the tabs"}
      </MenuItem>
      {mayGive && (
        <MenuItem icon={UsersRound} onSelect={() => onName("roles")}>
          Opens for roles
        </MenuItem>
      )}
      <MenuItem icon={ChevronLeft} disabled={at === 0} onSelect={() => moveTo(at - 1)}>
        Move left
      </MenuItem>
      <MenuItem icon={ChevronRight} disabled={at === views.length - 1} onSelect={() => moveTo(at + 1)}>
        Move right
      </MenuItem>
      {view.mayEdit && (
        <>
          <MenuSeparator />
          <MenuItem icon={Trash2} isDanger onSelect={() => void remove()}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

type ViewChangesProps = {
  readonly shown: ShownView;
  /** Back to the view as it was saved. */
  readonly onReset: () => void;
};

/** What differs from the open view, and what to do about it. Nothing where nothing does. */
export function ViewChanges({ shown, onReset }: ViewChangesProps): ReactElement | null {
  const [isSaving, setIsSaving] = useState(false);
  const { current, changes } = shown;
  if (changes === 0) return null;
  const save = async (): Promise<void> => {
    if (current === null || isSaving) return;
    setIsSaving(true);
    const saved = await changeView(current, { content: shown });
    setIsSaving(false);
    if (saved !== null) onReset();
  };
  return (
    <>
      {current !== null && (
        <span className="text-xs text-subtle max-lg:hidden">
          {changes === 1 ? "1 change to this view" : `${changes} changes to this view`}
        </span>
      )}
      <Button size="sm" tone="ghost" onClick={onReset}>
        Reset
      </Button>
      {current?.mayEdit === true && (
        <Button size="sm" isLoading={isSaving} onClick={() => void save()}>
          {current.isShared ? "Save for everyone" : "Save"}
        </Button>
      )}
    </>
  );
}
