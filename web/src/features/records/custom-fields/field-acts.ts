import {
  arrangeCustomFields,
  deleteCustomField,
  listCustomFields,
  restoreCustomField,
  type CustomField,
} from "@rainmaker/contracts/records/custom-fields";
import { call } from "#lib/api";
import { invalidateEntities, showAtOnce } from "#lib/query";
import { notify, notifyFailure, notifyUndo } from "#lib/toasts";

const entities = ["custom-field", "view"];

/** Hides a field, with a way back. */
export async function hideField(field: CustomField): Promise<void> {
  const params = { customFieldId: field.id };
  try {
    await call(deleteCustomField, { params, seenVersion: field.version });
    notifyUndo(`Hid ${field.label}`, () => bringBack(field));
  } catch (error) {
    notifyFailure(`${field.label} was not deleted`, error);
  } finally {
    void invalidateEntities(entities);
  }
}

export async function bringBack(field: CustomField): Promise<void> {
  try {
    await call(restoreCustomField, { params: { customFieldId: field.id } });
    notify({ tone: "done", title: `${field.label} is back, with its values` });
  } catch (error) {
    notifyFailure(`${field.label} was not brought back`, error);
  } finally {
    void invalidateEntities(entities);
  }
}

/** Moves a field one place up or down: shown at once, and taken back where it fails. */
export async function moveField(fields: readonly CustomField[], field: CustomField, by: -1 | 1): Promise<void> {
  const ids = movedIds(
    fields.map(({ id }) => id),
    field.id,
    by,
  );
  const takeBack = showAtOnce(listCustomFields, ({ items }) => ({
    items: items[0]?.entity === field.entity ? items.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)) : items,
  }));
  try {
    await call(arrangeCustomFields, { body: { entity: field.entity, fieldIds: [...ids] } });
  } catch (error) {
    takeBack();
    notifyFailure("The order was not saved", error);
  } finally {
    void invalidateEntities(entities);
  }
}

/** Ids with one of them a place up or down; at the end of the list it stays. */
export function movedIds<Id>(ids: readonly Id[], id: Id, by: -1 | 1): readonly Id[] {
  const from = ids.indexOf(id);
  const to = from + by;
  return to < 0 || to >= ids.length ? ids : ids.with(from, ids[to] as Id).with(to, id);
}
