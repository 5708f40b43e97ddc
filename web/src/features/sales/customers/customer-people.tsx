import type { Contact } from "@rainmaker/contracts/sales/contacts";
import { listContacts } from "@rainmaker/contracts/sales/contacts";
import type { Customer } from "@rainmaker/contracts/sales/customers";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import type { ReactElement } from "react";
import { liveQuery, showAtOnce } from "#lib/query";
import { useCan } from "#lib/session";
import { notifyFailure, notifyUndo } from "#lib/toasts";
import { ButtonLink } from "#ui/button";
import { Card, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { PersonLine } from "../contacts/person-line.tsx";
import { RoleButton } from "../contacts/role-button.tsx";
import { saveCustomers } from "../contacts/use-contacts.ts";
import { ContactSearch } from "../interactions/contacts-choice.tsx";
import { EmptyLine } from "./customer-opportunities.tsx";

/** Who is at a customer, each with the part they have there. */
export function CustomerPeople({ customer }: { readonly customer: Customer }): ReactElement | null {
  const [mayRead, mayEdit, mayCreate] = [useCan("contact.read"), useCan("contact.edit"), useCan("contact.create")];
  const query = useQuery({
    ...liveQuery(listContacts, { query: { customerId: customer.id, limit: "100", sort: "name" } }, [
      "contact",
      "customer",
    ]),
    enabled: mayRead,
  });
  if (!mayRead) return null;
  return (
    <Card className="flex-none">
      <CardHead
        title="People"
        end={
          mayCreate && (
            <ButtonLink
              to="/contacts"
              search={{ new: true, customer: customer.id }}
              tone="ghost"
              size="xs"
              icon={Plus}
              aria-label="New contact"
              className="pointer-coarse:size-11"
            />
          )
        }
      />
      <QueryView
        query={query}
        what="The people"
        skeleton={<SkeletonLines lines={3} className="px-4 pb-4" />}
        className="px-4"
      >
        {({ items }) => (
          <>
            {items.length === 0 && <EmptyLine>Nobody is known here yet.</EmptyLine>}
            <ul>
              {items.map((contact) => (
                <Line key={contact.id} contact={contact} customer={customer} mayEdit={mayEdit} />
              ))}
            </ul>
            {mayEdit && (
              <div className="border-t border-line-subtle px-4 py-2.5">
                <ContactSearch
                  label="Add somebody"
                  placeholder="Add somebody"
                  className="w-full"
                  without={items}
                  customerId={customer.id}
                  onChoose={(contact) => void join(contact, customer)}
                />
              </div>
            )}
          </>
        )}
      </QueryView>
    </Card>
  );
}

type LineProps = { readonly contact: Contact; readonly customer: Customer; readonly mayEdit: boolean };

function Line({ contact, customer, mayEdit }: LineProps): ReactElement {
  const role = contact.customers.find(({ id }) => id === customer.id)?.role ?? null;
  const setRole = (next: string | null): Promise<void> =>
    change(
      contact,
      contact.customers.map((one) => (one.id === customer.id ? { ...one, role: next } : one)),
    );
  return (
    <PersonLine
      person={contact}
      role={
        mayEdit ? (
          <RoleButton name={contact.name} role={role} onSave={(next) => void setRole(next)} />
        ) : (
          <span className="text-xs text-subtle">{role}</span>
        )
      }
      removeLabel={`${contact.name} is not here any more`}
      onRemove={mayEdit ? () => void leave(contact, customer) : undefined}
    />
  );
}

/** Shows it at once in every list, and takes it back where it fails. */
async function change(contact: Contact, customers: Contact["customers"]): Promise<void> {
  const takeBack = showAtOnce(listContacts, ({ items, ...page }) => ({
    ...page,
    items: items.map((one) => (one.id === contact.id ? { ...one, customers } : one)),
  }));
  try {
    await saveCustomers(contact, customers);
  } catch (error) {
    takeBack();
    notifyFailure(`${contact.name} stays as it was`, error);
  }
}

async function join(contact: Contact, { id, name }: Customer): Promise<void> {
  if (contact.customers.some((one) => one.id === id)) return;
  await change(contact, [...contact.customers, { id, name, role: null }]);
}

async function leave(contact: Contact, { id, name }: Customer): Promise<void> {
  const before = contact.customers;
  const after = before.filter((one) => one.id !== id);
  await change(contact, after);
  // By then it has a newer version; the server's merge of the two knows what is meant.
  notifyUndo(`${contact.name} is no longer at ${name}`, () => saveCustomers({ ...contact, customers: after }, before));
}
