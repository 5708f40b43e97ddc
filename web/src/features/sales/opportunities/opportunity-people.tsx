import type { Contact } from "@rainmaker/contracts/sales/contacts";
import { contactRoles } from "@rainmaker/contracts/sales/opportunities";
import type { ReactElement } from "react";
import { useCan } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { Card, CardHead } from "#ui/card";
import { ChipButton } from "#ui/filter-chip";
import { SelectField } from "#ui/select-field";
import { roleNames } from "../contacts/contact-words.ts";
import { PersonLine } from "../contacts/person-line.tsx";
import { EmptyLine } from "../customers/customer-opportunities.tsx";
import { ContactSearch } from "../interactions/contacts-choice.tsx";
import type { ContactRef } from "../interactions/interaction-draft.ts";
import { saveFact, type OpportunityDetail } from "./use-opportunity.ts";

type Taking = OpportunityDetail["contacts"];
type Role = Taking[number]["role"];

type OpportunityPeopleProps = {
  readonly opportunity: OpportunityDetail;
  /** Whom the customer has: offered without searching. */
  readonly people: readonly ContactRef[];
};

const roles = contactRoles.map((role) => ({ value: role, label: roleNames[role] }));
const mostOffered = 4;

/** Who takes part on the customer's side, each with their role in the sale. */
export function OpportunityPeople({ opportunity, people }: OpportunityPeopleProps): ReactElement | null {
  const [mayEdit, mayRead] = [useCan("opportunity.edit"), useCan("contact.read")];
  const { contacts, customer } = opportunity;
  if (!mayRead) return null;
  const save = (next: Taking): void => {
    const body = { contacts: next.map(({ id, role }) => ({ contactId: id, role })) };
    void saveFact(opportunity, "contacts", next, body).catch((error: unknown) =>
      notifyFailure("The people stay as they were", error),
    );
  };
  const add = ({ id, name }: ContactRef, title: string | null): void =>
    save([...contacts, { id, name, title, role: null }]);
  const setRole = (contactId: string, role: Role): void =>
    save(contacts.map((one) => (one.id === contactId ? { ...one, role } : one)));
  const others = people.filter(({ id }) => !contacts.some((one) => one.id === id)).slice(0, mostOffered);
  return (
    <Card className="flex-none">
      <CardHead title="People" />
      {contacts.length === 0 && (
        <EmptyLine>Nobody takes part yet. A sale with several people is won more often.</EmptyLine>
      )}
      <ul>
        {contacts.map((contact) => (
          <PersonLine
            key={contact.id}
            person={contact}
            role={<RoleField contact={contact} mayEdit={mayEdit} onChange={(role) => setRole(contact.id, role)} />}
            removeLabel={`${contact.name} does not take part`}
            onRemove={mayEdit ? () => save(contacts.filter(({ id }) => id !== contact.id)) : undefined}
          />
        ))}
      </ul>
      {mayEdit && (
        <div className="flex flex-wrap gap-1.5 border-t border-line-subtle px-4 py-2.5">
          {others.map((person) => (
            <ChipButton key={person.id} aria-label={`Add ${person.name}`} onClick={() => add(person, null)}>
              + {person.name}
            </ChipButton>
          ))}
          <ContactSearch
            label="Add somebody"
            placeholder="Add somebody"
            className="min-w-44 flex-1"
            without={contacts}
            customerId={customer?.id}
            onChoose={(contact: Contact) => add(contact, contact.title)}
          />
        </div>
      )}
    </Card>
  );
}

type RoleFieldProps = {
  readonly contact: Taking[number];
  readonly mayEdit: boolean;
  readonly onChange: (role: Role) => void;
};

function RoleField({ contact, mayEdit, onChange }: RoleFieldProps): ReactElement | null {
  const { name, role } = contact;
  if (!mayEdit) return role === null ? null : <span className="text-xs text-subtle">{roleNames[role]}</span>;
  return (
    <SelectField
      label={`Role of ${name}`}
      isLabelHidden
      size="sm"
      className="w-32"
      value={role ?? ""}
      placeholder="Role"
      options={roles}
      onChange={(next) => onChange(next === "" ? null : next)}
    />
  );
}
