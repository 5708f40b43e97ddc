import { noFilter, type Filter } from "@rainmaker/contracts/records/filters";
import { contactSorts } from "@rainmaker/contracts/sales/choices";
import type { Contact } from "@rainmaker/contracts/sales/contacts";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ContactRound, Download, FileUp, Plus, SearchX } from "lucide-react";
import { useEffect, useRef, useState, type ReactElement } from "react";
import {
  BulkBar,
  ColumnChooser,
  columnKeys,
  exportRecords,
  isBroken,
  knownSort,
  ListBar,
  RecordTable,
  useRows,
  useShownView,
} from "#features/records";
import { formatCount } from "#lib/format";
import { useKey } from "#lib/keys";
import { useCan, useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { TabPanel } from "#ui/tabs";
import { contactColumns, PhoneContact, usualContactColumns } from "./contacts/contact-columns.tsx";
import { rowVerbs } from "./row-verbs.tsx";
import { contactGroupNames, useContactBulk, useContactFields } from "./contacts/contact-fields.ts";
import {
  contactCountQuery,
  contactRows,
  contactTotals,
  wholeFilter,
  type ContactFilter,
} from "./contacts/contact-rows.ts";
import { contactsPanelId, ContactsToolbar, tabOf } from "./contacts/contacts-toolbar.tsx";
import { NewContactSheet } from "./contacts/new-contact-sheet.tsx";
import type { ContactsSearch } from "./contacts/search.ts";
import { leaveTrail } from "./contacts/trail.ts";
import { moveToTrash } from "./contacts/use-contacts.ts";

export function ContactsPage(): ReactElement {
  const search = useSearch({ from: "/shell/contacts" });
  const navigate = useNavigate({ from: "/contacts" });
  const me = useUser();
  const [mayCreate, mayDelete] = [useCan("contact.create"), useCan("contact.delete")];
  const searchField = useRef<HTMLInputElement>(null);
  const { q, owner } = search;
  const { shown, fields, sort, columns, filter, rows, counted, exact, isFiltered, chosen, setSelected } =
    useContactList(search);
  const bulkFields = useContactBulk();
  const exportRows = (asked: Filter): void => void exportRecords("contact", asked, sort, columnKeys(columns));

  const show = (changes: Partial<ContactsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  const open = ({ id }: Pick<Contact, "id">): void =>
    void navigate({ to: "/contacts/$contactId", params: { contactId: id } });
  useEffect(() => leaveTrail(rows?.map(({ id }) => id) ?? [], exact), [rows, exact]);
  useKey("n", "New contact", add, { isActive: mayCreate });
  useKey("/", "Search the contacts", () => searchField.current?.focus());
  return (
    <>
      <PageHead
        title="Contacts"
        context={textOf(counted)}
        actions={
          <>
            <Button size="sm" icon={Download} onClick={() => exportRows(wholeFilter(filter))}>
              Export
            </Button>
            <ColumnChooser all={contactColumns()} chosen={columns} onChange={(next) => show({ columns: [...next] })} />
            {mayCreate && <Verbs onAdd={add} />}
          </>
        }
      />
      <ContactsToolbar
        search={search}
        me={me.id}
        seesOthers={me.reach["contact.read"] !== "own"}
        rows={rows ?? []}
        searchField={searchField}
        onShow={show}
        shown={shown}
      />
      <ListBar fields={fields} groups={contactGroupNames} shown={shown} onShow={show} />
      <PageBody isPadded={false}>
        <TabPanel id={contactsPanelId} value={tabOf(shown, owner, me.id)}>
          <RecordTable<Contact>
            label="Contacts"
            nouns={["contact", "contacts"]}
            shown={shown}
            fields={fields}
            columns={contactColumns()}
            standing={columns}
            verbs={rowVerbs<Contact>({
              onOpen: open,
              onDelete: mayDelete ? (contact) => void remove(contact) : undefined,
            })}
            sort={sort}
            onChange={show}
            keyOf={({ id }) => id}
            selection={{ selected: chosen, onChange: setSelected, nameOf: ({ name }) => name }}
            renderPhone={(contact) => <PhoneContact contact={contact} />}
            onOpen={open}
            rowsOf={(asked) => contactRows({ ...filter, filter: asked }, sort)}
            totalsOf={(asked, groupBy) => contactTotals({ ...filter, filter: asked }, groupBy)}
            empty={<Empty q={q} isFiltered={isFiltered} onShow={show} onAdd={mayCreate ? add : undefined} />}
          />
        </TabPanel>
      </PageBody>
      <BulkBar
        entity="contact"
        selected={chosen}
        onSelect={setSelected}
        filter={wholeFilter(filter)}
        // What is searched is no filter: there, all of them are those that are loaded.
        count={q === undefined ? exact : rows?.length}
        loaded={rows?.length}
        fields={bulkFields}
        mayDelete={mayDelete}
        onExport={exportRows}
      />
      {mayCreate && (
        <PhoneDock>
          <Button tone="primary" icon={Plus} onClick={add}>
            New contact
          </Button>
        </PhoneDock>
      )}
      {mayCreate && search.new === true && (
        <NewContactSheet
          customerId={search.customer}
          onClose={() => show({ new: undefined, customer: undefined })}
          onDone={(contact) => {
            show({ new: undefined, customer: undefined });
            notify({
              tone: "done",
              title: `Added ${contact.name}`,
              action: { label: "Open", run: () => open(contact) },
            });
          }}
        />
      )}
    </>
  );
}

/** What the address and its view say of the list, and the rows that were read. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types, typescript/explicit-function-return-type -- put together for this page alone
function useContactList(search: ContactsSearch) {
  const { q, tag, owner } = search;
  const shown = useShownView("contact", search);
  const fields = useContactFields();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const sort = knownSort(contactSorts, shown.sort) ?? "name";
  const columns = shown.columns ?? usualContactColumns;
  const filter: ContactFilter = { q, tag, ownerId: owner, filter: shown.filter };
  const isRead = !isBroken(shown.filter, fields);
  const { rows } = useRows(contactRows(filter, sort), shown.group === undefined && isRead);
  const counted = useQuery({ ...contactCountQuery(filter), enabled: isRead }).data;
  const exact = counted?.countCapped === true ? undefined : (counted?.count ?? undefined);
  const isFiltered = q !== undefined || wholeFilter(filter).rules.length > 0;
  // Rows that are gone from the list are chosen no more; of groups nobody knows all.
  const chosen = rows === undefined ? selected : new Set(rows.flatMap(({ id }) => (selected.has(id) ? [id] : [])));
  return { shown, fields, sort, columns, filter, rows, counted, exact, isFiltered, chosen, setSelected };
}

function Verbs({ onAdd }: { readonly onAdd: () => void }): ReactElement {
  const mayImport = useCan("import.run");
  return (
    <>
      {mayImport && (
        <ButtonLink to="/imports/new" search={{ entity: "contact" }} size="sm" icon={FileUp}>
          Import
        </ButtonLink>
      )}
      <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={onAdd}>
        New contact
      </Button>
    </>
  );
}

/** The row that had the focus is gone then: the one that took its place has it next. */
async function remove(contact: Contact): Promise<void> {
  await moveToTrash(contact);
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus();
}

type Counted = { readonly count: number | null; readonly countCapped: boolean } | undefined;

/** "312", "1,000+". */
function textOf(counted: Counted): string | undefined {
  if (counted?.count == null) return undefined;
  return `${formatCount(counted.count)}${counted.countCapped ? "+" : ""}`;
}

type EmptyProps = {
  readonly q: string | undefined;
  readonly isFiltered: boolean;
  readonly onShow: (changes: Partial<ContactsSearch>) => void;
  readonly onAdd: (() => void) | undefined;
};

function Empty({ q, isFiltered, onShow, onAdd }: EmptyProps): ReactElement {
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title={q === undefined ? "No contact fits these filters" : `No contact begins with “${q}”`}
        actions={
          <Button
            size="sm"
            onClick={() => onShow({ q: undefined, owner: undefined, tag: undefined, filter: noFilter })}
          >
            Clear filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState icon={ContactRound} title="No contacts yet" actions={onAdd !== undefined && <Verbs onAdd={onAdd} />}>
      Add the people you talk to at your customers, or bring them from another system as a CSV file.
    </EmptyState>
  );
}
