import type { CustomerId } from "@rainmaker/contracts/ids";
import { createContact, listContacts, type Contact } from "@rainmaker/contracts/sales/contacts";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { call } from "#lib/api";
import { invalidateEntities, liveQuery } from "#lib/query";
import { useCan } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { Avatar } from "#ui/avatar";
import { Combobox } from "#ui/combobox";
import { ChipButton } from "#ui/filter-chip";
import { nameParts, workOf } from "../contacts/contact-words.ts";
import type { ContactRef } from "./interaction-draft.ts";

type ContactsChoiceProps = {
  readonly label: string;
  /** Offered without searching. */
  readonly known: readonly ContactRef[];
  readonly value: readonly ContactRef[];
  readonly onChange: (contacts: readonly ContactRef[]) => void;
  /** Where a new contact works. */
  readonly customerId?: CustomerId | undefined;
};

const mostKnown = 6;

/** Who took part: the people of the record by a press, everybody else by searching. */
export function ContactsChoice({ label, known, value, onChange, customerId }: ContactsChoiceProps): ReactElement {
  const offered = [
    ...known.slice(0, mostKnown),
    ...value.filter(({ id }) => !known.slice(0, mostKnown).some((one) => one.id === id)),
  ];
  const toggle = (contact: ContactRef): void =>
    onChange(
      value.some(({ id }) => id === contact.id) ? value.filter(({ id }) => id !== contact.id) : [...value, contact],
    );
  return (
    <fieldset className="relative flex min-w-0 flex-wrap items-center gap-1.5 pl-21.5 max-sm:pl-0">
      <legend className="absolute top-1 left-0 text-subtle max-sm:static max-sm:mb-1">{label}</legend>
      {offered.map((contact) => (
        <ChipButton
          key={contact.id}
          isOn={value.some(({ id }) => id === contact.id)}
          aria-pressed={value.some(({ id }) => id === contact.id)}
          onClick={() => toggle(contact)}
        >
          <Avatar person={contact} size={20} isDecorative />
          {contact.name}
        </ChipButton>
      ))}
      <ContactSearch
        without={offered}
        customerId={customerId}
        onChoose={({ id, name }) => onChange([...value.filter((one) => one.id !== id), { id, name }])}
      />
    </fieldset>
  );
}

type ContactSearchProps = {
  readonly label?: string;
  readonly placeholder?: string;
  /** Not offered again. */
  readonly without: readonly { readonly id: string }[];
  readonly customerId: CustomerId | undefined;
  readonly onChoose: (contact: Contact) => void;
  readonly className?: string;
};

/** Finds a contact by name, address or number; a new one is added by its name alone. */
export function ContactSearch(props: ContactSearchProps): ReactElement {
  const { label = "Somebody else", placeholder = "Somebody else", without, customerId, onChoose, className } = props;
  const [text, setText] = useState("");
  const mayCreate = useCan("contact.create");
  const q = text.trim();
  const found = useQuery({
    ...liveQuery(listContacts, { query: { limit: "20", sort: "name", ...(q !== "" && { q }) } }, ["contact"]),
    placeholderData: (before) => before,
  });
  const contacts = (found.data?.items ?? []).filter(({ id }) => !without.some((one) => one.id === id));
  const add = async (name: string): Promise<void> => {
    try {
      const body = { ...nameParts(name), ...(customerId !== undefined && { customers: [{ customerId }] }) };
      const contact = await call(createContact, { body });
      void invalidateEntities(["contact"]);
      onChoose(contact);
    } catch (error) {
      notifyFailure(`${name} was not added`, error);
    }
  };
  return (
    <Combobox
      label={label}
      isLabelHidden
      size="sm"
      className={className ?? "w-44"}
      placeholder={placeholder}
      value={null}
      choices={contacts.map((contact) => ({
        value: contact.id,
        label: contact.name,
        detail: workOf(contact),
        mark: <Avatar person={contact} size={20} isDecorative />,
      }))}
      onSearch={setText}
      isSearching={found.isFetching}
      {...(mayCreate && { onCreate: (name: string) => void add(name) })}
      onChange={(id) => {
        const contact = contacts.find((one) => one.id === id);
        if (contact !== undefined) onChoose(contact);
      }}
    />
  );
}
