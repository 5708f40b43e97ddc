import type { CustomInput } from "@rainmaker/contracts/records/custom-values";
import type { BodyOf } from "@rainmaker/contracts/endpoint";
import type { ContactId } from "@rainmaker/contracts/ids";
import {
  deleteContact,
  getContact,
  listContacts,
  restoreContact,
  updateContact,
  type Contact,
} from "@rainmaker/contracts/sales/contacts";
import { call } from "#lib/api";
import { invalidateEntities, liveQuery, showAtOnce } from "#lib/query";
import { saveShownField } from "#lib/save-field";
import { notifyFailure, notifyUndo } from "#lib/toasts";

/** A contact is told with the names of its customers, and a sale with those of its contacts. */
const entities = ["contact", "customer"];
const touched = ["contact", "opportunity"];

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function contactQuery(contactId: ContactId) {
  return liveQuery(getContact, { params: { contactId } }, entities);
}

type Editable =
  | "firstName"
  | "lastName"
  | "title"
  | "emails"
  | "phones"
  | "customers"
  | "tags"
  | "notes"
  | "externalId"
  | "owner";

/**
 * Writes one fact: shown at once, and taken back where it fails. What somebody else changed beside it stands.
 * @throws FieldConflict where somebody else changed the same fact
 */
export async function saveFact<K extends Editable>(
  contact: Contact,
  field: K,
  value: Contact[K],
  body: BodyOf<typeof updateContact>,
): Promise<void> {
  const params = { contactId: contact.id };
  const send = (seenVersion: number): Promise<Contact> => call(updateContact, { params, body, seenVersion });
  await saveShownField(getContact, contact, field, value, { send, entities: touched });
}

/** Where the contact works, all of it: customers the caller does not see stay. */
export async function saveCustomers(contact: Contact, customers: Contact["customers"]): Promise<void> {
  const body = { customers: customers.map(({ id, role }) => ({ customerId: id, role })) };
  await saveFact(contact, "customers", customers, body);
}

/**
 * Moves a contact to the trash at once and offers to take it back.
 * @returns whether the server took it
 */
export async function moveToTrash({ id, name, version }: Contact): Promise<boolean> {
  const takeBack = showAtOnce(listContacts, ({ items, ...page }) => ({
    ...page,
    items: items.filter((one) => one.id !== id),
  }));
  try {
    await call(deleteContact, { params: { contactId: id }, seenVersion: version });
    notifyUndo(`Deleted ${name}`, () => takeFromTrash(id));
    return true;
  } catch (error) {
    takeBack();
    notifyFailure(`${name} stays`, error);
    return false;
  } finally {
    void invalidateEntities(touched);
  }
}

async function takeFromTrash(contactId: ContactId): Promise<void> {
  await call(restoreContact, { params: { contactId } });
  await invalidateEntities(touched);
}

/**
 * Writes one field of the organization's own; what somebody else changed in others stands.
 * @throws FieldConflict where somebody else changed the same one
 */
export async function saveCustom(
  contact: Contact,
  custom: Contact["custom"],
  sent: CustomInput,
  key: string,
): Promise<void> {
  const params = { contactId: contact.id };
  const send = (seenVersion: number): Promise<Contact> =>
    call(updateContact, { params, body: { custom: sent }, seenVersion });
  const part = (record: Contact): unknown => record.custom[key];
  await saveShownField(getContact, contact, "custom", custom, { send, entities: touched, part });
}
