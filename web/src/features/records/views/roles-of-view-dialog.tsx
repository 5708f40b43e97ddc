import type { SavedView } from "@rainmaker/contracts/records/views";
import { useState, type ReactElement } from "react";
import { roleNames } from "#features/organization";
import { Button } from "#ui/button";
import { Checkbox } from "#ui/checkbox";
import { Dialog } from "#ui/dialog";
import { changeView } from "./use-views.ts";

type RolesOfViewDialogProps = { readonly view: SavedView; readonly onClose: () => void };

/** Whose list opens with a view, where they chose none of their own. */
export function RolesOfViewDialog({ view, onClose }: RolesOfViewDialogProps): ReactElement {
  const [roles, setRoles] = useState<readonly string[]>(view.defaultFor);
  const [isSaving, setIsSaving] = useState(false);
  const save = async (): Promise<void> => {
    if (isSaving) return;
    setIsSaving(true);
    const saved = await changeView(view, { defaultFor: [...roles] });
    setIsSaving(false);
    if (saved !== null) onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={`${view.name} opens for`}>
      <p className="text-muted">
        People who chose a view of their own keep theirs. Each sees the rows that are theirs.
      </p>
      <div className="flex flex-col gap-1">
        {Object.entries(roleNames).map(([role, name]) => (
          <Checkbox
            key={role}
            label={name}
            checked={roles.includes(role)}
            onChange={(isOn) => setRoles(isOn ? [...roles, role] : roles.filter((one) => one !== role))}
          />
        ))}
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" isLoading={isSaving} onClick={() => void save()}>
          Save
        </Button>
      </div>
    </Dialog>
  );
}
