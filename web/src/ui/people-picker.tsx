import type { ReactElement } from "react";
import { Avatar } from "#ui/avatar";
import { Combobox, type Choice } from "#ui/combobox";
import type { FieldProps } from "#ui/field";

type Person = { readonly id: string; readonly name: string; readonly detail?: string | undefined };

type PeoplePickerProps = FieldProps<string | null> & {
  readonly people: readonly Person[];
  readonly placeholder?: string;
  readonly isClearable?: boolean;
};

/** A person, by name. */
export function PeoplePicker({ people, ...rest }: PeoplePickerProps): ReactElement {
  return <Combobox {...rest} choices={people.map(choiceOf)} />;
}

function choiceOf(person: Person): Choice {
  return {
    value: person.id,
    label: person.name,
    detail: person.detail,
    mark: <Avatar person={person} size={20} isDecorative />,
  };
}
