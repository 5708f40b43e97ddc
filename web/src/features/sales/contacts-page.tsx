import type { Contact } from "@rainmaker/contracts/sales/contacts";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ContactRound, FileUp, Plus, SearchX } from "lucide-react";
import { useEffect, useRef, type ReactElement } from "react";
import { formatCount } from "#lib/format";
import { useKey } from "#lib/keys";
import { itemsOf } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { TabPanel } from "#ui/tabs";
import { ContactsTable } from "./contacts/contacts-table.tsx";
import { contactsPanelId, ContactsToolbar } from "./contacts/contacts-toolbar.tsx";
import { NewContactSheet } from "./contacts/new-contact-sheet.tsx";
import type { ContactsSearch } from "./contacts/search.ts";
import { leaveTrail } from "./contacts/trail.ts";
import { contactCountQuery, contactsQuery, moveToTrash } from "./contacts/use-contacts.ts";

export function ContactsPage(): ReactElement {
  const search = useSearch({ from: "/shell/contacts" });
  const navigate = useNavigate({ from: "/contacts" });
  const me = useUser();
  const [mayCreate, mayDelete] = [useCan("contact.create"), useCan("contact.delete")];
  const searchField = useRef<HTMLInputElement>(null);
  const { q, tag, sort, owner } = search;
  const filter = { q, tag, sort, ownerId: owner };
  const list = useInfiniteQuery(contactsQuery(filter));
  const counted = useQuery(contactCountQuery(filter)).data;
  const isFiltered = [q, tag, owner].some((value) => value !== undefined);

  const show = (changes: Partial<ContactsSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  const open = ({ id }: Pick<Contact, "id">): void =>
    void navigate({ to: "/contacts/$contactId", params: { contactId: id } });
  useEffect(() => {
    const count = counted?.countCapped === true ? undefined : (counted?.count ?? undefined);
    leaveTrail(itemsOf(list.data)?.map(({ id }) => id) ?? [], count);
  }, [list.data, counted]);
  useKey("n", "New contact", add, { isActive: mayCreate });
  useKey("/", "Search the contacts", () => searchField.current?.focus());
  return (
    <>
      <PageHead title="Contacts" context={textOf(counted)} actions={mayCreate && <Verbs onAdd={add} />} />
      <ContactsToolbar
        search={search}
        me={me.id}
        seesOthers={me.reach["contact.read"] !== "own"}
        rows={itemsOf(list.data) ?? []}
        searchField={searchField}
        onShow={show}
      />
      <PageBody isPadded={false}>
        <TabPanel id={contactsPanelId} value={owner === me.id ? "mine" : "all"}>
          <ContactsTable
            rows={itemsOf(list.data)}
            error={list.error}
            onRetry={() => void list.refetch()}
            sort={sort ?? "name"}
            onSort={(next) => show({ sort: next as ContactsSearch["sort"] })}
            onOpen={open}
            onDelete={mayDelete ? (contact) => void remove(contact) : undefined}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
            countText={footText(counted)}
            empty={<Empty q={q} isFiltered={isFiltered} onShow={show} onAdd={mayCreate ? add : undefined} />}
          />
        </TabPanel>
      </PageBody>
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

function footText(counted: Counted): string {
  const text = textOf(counted);
  return text === undefined ? "" : `${text} ${counted?.count === 1 ? "contact" : "contacts"}`;
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
          <Button size="sm" onClick={() => onShow({ q: undefined, owner: undefined, tag: undefined })}>
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
