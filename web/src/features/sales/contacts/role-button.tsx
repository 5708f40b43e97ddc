import { useState, type ReactElement, type SubmitEvent } from "react";
import { Button } from "#ui/button";
import { Popover } from "#ui/popover";
import { TextField } from "#ui/text-field";

type RoleButtonProps = {
  readonly name: string;
  readonly role: string | null;
  readonly onSave: (role: string | null) => void;
};

/** What part somebody has at a customer, in words of one's own. */
export function RoleButton({ name, role, onSave }: RoleButtonProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const [text, setText] = useState(role ?? "");
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    setIsOpen(false);
    const next = text.trim() === "" ? null : text.trim();
    if (next !== role) onSave(next);
  };
  return (
    <Popover
      label={`Role of ${name}`}
      align="end"
      isOpen={isOpen}
      onOpenChange={(next) => {
        setText(role ?? "");
        setIsOpen(next);
      }}
      trigger={
        <Button
          size="xs"
          tone="ghost"
          className="max-w-36 truncate pointer-coarse:h-11"
          aria-label={`Role of ${name}: ${role ?? "none yet"}`}
        >
          {role ?? "Add a role"}
        </Button>
      }
    >
      <form onSubmit={save} className="flex w-60 items-end gap-2">
        <TextField label="Role" size="sm" className="flex-1" value={text} onChange={setText} maxLength={80} />
        <Button type="submit" size="sm" tone="primary">
          Save
        </Button>
      </form>
    </Popover>
  );
}
