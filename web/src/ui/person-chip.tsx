import { useState, type ReactElement } from "react";
import { ChipButton } from "#ui/filter-chip";
import { PeoplePicker } from "#ui/people-picker";
import { Popover } from "#ui/popover";

type PersonChipProps = {
  /** The field: "Owner". */
  readonly label: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly detail?: string | undefined }[];
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
};

/** A filter by person: too many for a menu, so it opens a search. */
export function PersonChip({ label, people, value, onChange }: PersonChipProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const chosen = people.find(({ id }) => id === value);
  return (
    <Popover
      label={label}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="w-72"
      trigger={
        <ChipButton isOn={value !== null}>
          {label} <b>{value === null ? "anyone" : (chosen?.name ?? "one person")}</b>
        </ChipButton>
      }
    >
      <PeoplePicker
        label={label}
        isClearable
        placeholder="Anyone"
        people={people}
        value={value}
        onChange={(id) => {
          onChange(id);
          setIsOpen(false);
        }}
      />
    </Popover>
  );
}
