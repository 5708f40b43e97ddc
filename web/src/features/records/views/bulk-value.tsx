import type { BulkAction } from "@rainmaker/contracts/records/bulk";
import type { LucideIcon } from "lucide-react";
import { useState, type FormEvent, type ReactElement } from "react";
import { useKey } from "#lib/keys";
import { Button } from "#ui/button";
import { Combobox, type Choice } from "#ui/combobox";
import { Popover } from "#ui/popover";
import { SelectField } from "#ui/select-field";
import { TextField } from "#ui/text-field";

/** Something that can be said of all chosen rows at once. */
export type BulkField = {
  /** On the button: "Assign". */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly shortcut?: string;
  /** Of the field in the layer: "New owner". */
  readonly prompt: string;
  readonly input:
    | { readonly kind: "choice"; readonly choices: readonly Choice[] }
    | { readonly kind: "text" }
    | { readonly kind: "tags" };
  /** What is done with the value. */
  readonly action: (value: string, isRemoved: boolean) => BulkAction;
};

type BulkValueProps = {
  readonly field: BulkField;
  readonly className?: string | undefined;
  readonly onDone: (action: BulkAction) => void;
};

/** Asks for the one value that all chosen rows get. */
export function BulkValue({ field, className, onDone }: BulkValueProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const [value, setValue] = useState("");
  const [mode, setMode] = useState<"add" | "remove">("add");
  const { label, icon, shortcut, prompt, input } = field;
  useKey(shortcut ?? "", label, () => setIsOpen(true), { isActive: shortcut !== undefined });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (value.trim() === "") return;
    setIsOpen(false);
    setValue("");
    onDone(field.action(value.trim(), mode === "remove"));
  };
  const trigger = (
    <Button size="sm" tone="ghost" icon={icon} className={className} {...(shortcut !== undefined && { shortcut })}>
      {label}
    </Button>
  );
  return (
    <Popover label={label} isOpen={isOpen} onOpenChange={setIsOpen} trigger={trigger}>
      <form onSubmit={submit} className="flex w-64 flex-col gap-2.5">
        {input.kind === "tags" && (
          <SelectField
            label="What to do"
            size="sm"
            value={mode}
            onChange={setMode}
            options={[
              { value: "add", label: "Add the tag" },
              { value: "remove", label: "Take the tag away" },
            ]}
          />
        )}
        {input.kind === "choice" ? (
          <Combobox
            label={prompt}
            size="sm"
            choices={input.choices}
            value={value === "" ? null : value}
            onChange={(next) => setValue(next ?? "")}
          />
        ) : (
          <TextField
            label={prompt}
            size="sm"
            value={value}
            onChange={setValue}
            maxLength={input.kind === "tags" ? 40 : 200}
          />
        )}
        <Button type="submit" tone="primary" size="sm" disabledReason={value === "" ? "Say a value first" : undefined}>
          Apply
        </Button>
      </form>
    </Popover>
  );
}
