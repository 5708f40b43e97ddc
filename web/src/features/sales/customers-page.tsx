import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Building2, FileUp, Plus, SearchX } from "lucide-react";
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
import { CustomersTable } from "./customers/customers-table.tsx";
import { CustomersToolbar, customersPanelId } from "./customers/customers-toolbar.tsx";
import { NewCustomerSheet } from "./customers/new-customer-sheet.tsx";
import type { CustomersSearch } from "./customers/search.ts";
import { leaveTrail } from "./customers/trail.ts";
import { customerCountQuery, customersQuery, moveToTrash, type CustomerFilter } from "./customers/use-customers.ts";

export function CustomersPage(): ReactElement {
  const search = useSearch({ from: "/shell/customers" });
  const navigate = useNavigate({ from: "/customers" });
  const me = useUser();
  const [mayCreate, mayDelete] = [useCan("customer.create"), useCan("customer.delete")];
  const searchField = useRef<HTMLInputElement>(null);
  const { q, industry, sort, owner } = search;
  const filter: CustomerFilter = { q, industry, sort, ownerId: owner };
  const list = useInfiniteQuery(customersQuery(filter));
  const counted = useQuery(customerCountQuery(filter)).data;
  const rows = itemsOf(list.data);
  const isFiltered = [q, industry, owner].some((value) => value !== undefined);

  const show = (changes: Partial<CustomersSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  const open = ({ id }: CustomerRow): void =>
    void navigate({ to: "/customers/$customerId", params: { customerId: id } });
  useEffect(() => {
    leaveTrail(itemsOf(list.data)?.map(({ id }) => id) ?? [], exactCount(counted));
  }, [list.data, counted]);
  useKey("n", "New customer", add, { isActive: mayCreate });
  useKey("/", "Search the customers", () => searchField.current?.focus());

  return (
    <>
      <PageHead
        title="Customers"
        context={countText(counted)}
        actions={<Verbs onAdd={mayCreate ? add : undefined} />}
      />
      <CustomersToolbar
        search={search}
        me={me.id}
        seesOthers={me.reach["customer.read"] !== "own"}
        rows={rows ?? []}
        searchField={searchField}
        onShow={show}
      />
      <PageBody isPadded={false}>
        <TabPanel id={customersPanelId} value={owner === me.id ? "mine" : "all"}>
          <CustomersTable
            rows={rows}
            error={list.error}
            onRetry={() => void list.refetch()}
            sort={sort ?? "name"}
            onSort={(next) => show({ sort: next as CustomersSearch["sort"] })}
            onOpen={open}
            onDelete={mayDelete ? (customer) => void remove(customer) : undefined}
            hasMore={list.hasNextPage}
            isLoadingMore={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
            countText={footText(counted)}
            empty={<Empty search={search} onShow={show} onAdd={mayCreate ? add : undefined} isFiltered={isFiltered} />}
          />
        </TabPanel>
      </PageBody>
      {mayCreate && <Dock onAdd={add} />}
      {mayCreate && search.new === true && (
        <NewCustomerSheet
          onClose={() => show({ new: undefined })}
          onDone={({ id, name }) => {
            show({ new: undefined });
            notify({
              tone: "done",
              title: `Added ${name}`,
              action: {
                label: "Open",
                run: () => void navigate({ to: "/customers/$customerId", params: { customerId: id } }),
              },
            });
          }}
        />
      )}
    </>
  );
}

function Verbs({ onAdd }: { readonly onAdd: (() => void) | undefined }): ReactElement {
  const mayImport = useCan("import.run");
  return (
    <>
      {mayImport && onAdd !== undefined && (
        <ButtonLink to="/imports/new" search={{ entity: "customer" }} size="sm" icon={FileUp}>
          Import
        </ButtonLink>
      )}
      {onAdd !== undefined && (
        <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={onAdd}>
          New customer
        </Button>
      )}
    </>
  );
}

function Dock({ onAdd }: { readonly onAdd: () => void }): ReactElement {
  const mayImport = useCan("import.run");
  return (
    <PhoneDock>
      {mayImport && (
        <ButtonLink to="/imports/new" search={{ entity: "customer" }} icon={FileUp}>
          Import
        </ButtonLink>
      )}
      <Button tone="primary" icon={Plus} onClick={onAdd}>
        New customer
      </Button>
    </PhoneDock>
  );
}

/** The row that had the focus is gone then: the one that took its place has it next. */
async function remove(customer: CustomerRow): Promise<void> {
  await moveToTrash(customer);
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus();
}

type Counted = { readonly count: number | null; readonly countCapped: boolean } | undefined;

function exactCount(counted: Counted): number | undefined {
  return counted === undefined || counted.countCapped ? undefined : (counted.count ?? undefined);
}

/** "312", "1,000+". */
function countText(counted: Counted): string | undefined {
  if (counted?.count == null) return undefined;
  return `${formatCount(counted.count)}${counted.countCapped ? "+" : ""}`;
}

function footText(counted: Counted): string {
  const text = countText(counted);
  return text === undefined ? "" : `${text} ${counted?.count === 1 ? "customer" : "customers"}`;
}

type EmptyProps = {
  readonly search: CustomersSearch;
  readonly isFiltered: boolean;
  readonly onShow: (changes: Partial<CustomersSearch>) => void;
  readonly onAdd: (() => void) | undefined;
};

function Empty({ search, isFiltered, onShow, onAdd }: EmptyProps): ReactElement {
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title={search.q === undefined ? "No customer fits these filters" : `No customer begins with “${search.q}”`}
        actions={
          <Button size="sm" onClick={() => onShow({ q: undefined, owner: undefined, industry: undefined })}>
            Clear filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={Building2}
      title="No customers yet"
      actions={
        onAdd !== undefined && (
          <>
            <Button tone="primary" size="sm" shortcut="n" onClick={onAdd}>
              New customer
            </Button>
            <ButtonLink to="/imports/new" search={{ entity: "customer" }} size="sm" icon={FileUp}>
              Import
            </ButtonLink>
          </>
        )
      }
    >
      Add the companies and people you sell to, or bring them from another system as a CSV file.
    </EmptyState>
  );
}
