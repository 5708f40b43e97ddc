import { useState, type FormEvent, type ReactElement } from "react";
import { Button } from "#ui/button";
import { Checkbox } from "#ui/checkbox";
import { Dialog } from "#ui/dialog";
import { TextField } from "#ui/text-field";

type NameViewDialogProps = {
  readonly title: string;
  readonly name: string;
  readonly isShared: boolean;
  readonly onClose: () => void;
  readonly onDone: (name: string, isShared: boolean) => Promise<boolean>;
};

/** Asks what a view is called and who finds it. */
export function NameViewDialog({ title, onClose, onDone, ...given }: NameViewDialogProps): ReactElement {
  const [name, setName] = useState(given.name);
  const [isShared, setIsShared] = useState(given.isShared);
  const [isSaving, setIsSaving] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isSaving || name.trim() === "") return;
    setIsSaving(true);
    const isDone = await onDone(name.trim(), isShared);
    setIsSaving(false);
    if (isDone) onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3.5">
        <TextField label="Name" value={name} onChange={setName} maxLength={80} placeholder="Going quiet" />
        <Checkbox
          label="Everybody finds it"
          detail="Each sees the rows that are theirs to see."
          checked={isShared}
          onChange={setIsShared}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            tone="primary"
            isLoading={isSaving}
            disabledReason={name.trim() === "" ? "Give it a name first" : undefined}
          >
            Save view
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
