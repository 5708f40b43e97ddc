import { noFilter } from "@rainmaker/contracts/records/filters";
import { customerSorts } from "@rainmaker/contracts/sales/choices";
import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Building2, Download, FileUp, Plus, SearchX } from "lucide-react";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { BulkBar, ColumnChooser, exportRecords, FilterBar, useShownView, ViewChanges } from "#features/records";
import { formatCount } from "#lib/format";
import { useKey } from "#lib/keys";
import { itemsOf } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead, PhoneDock } from "#ui/page-head";
import { TabPanel } from "#ui/tabs";
import { useCustomerBulk, useCustomerFields } from "./customers/customer-fields.ts";
import { CustomersTable, customerColumns, usualColumns } from "./customers/customers-table.tsx";
import { asSaved, CustomersToolbar, customersPanelId, tabOf } from "./customers/customers-toolbar.tsx";
import { NewCustomerSheet } from "./customers/new-customer-sheet.tsx";
import type { CustomersSearch } from "./customers/search.ts";
import { leaveTrail } from "./customers/trail.ts";
import {
  customerCountQuery,
  customersQuery,
  moveToTrash,
  wholeFilter,
  type CustomerFilter,
} from "./customers/use-customers.ts";

export function CustomersPage(): ReactElement {
  const search = useSearch({ from: "/shell/customers" });
  const navigate = useNavigate({ from: "/customers" });
  const me = useUser();
  const [mayCreate, mayDelete] = [useCan("customer.create"), useCan("customer.delete")];
  const searchField = useRef<HTMLInputElement>(null);
  const { q, industry, owner } = search;
  const shown = useShownView("customer", search);
  const fields = useCustomerFields();
  const bulkFields = useCustomerBulk();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const sort = customerSort(shown.sort);
  const columns = shown.columns ?? usualColumns;
  const filter: CustomerFilter = { q, industry, sort, ownerId: owner, filter: shown.filter };
  const list = useInfiniteQuery(customersQuery(filter));
  const counted = useQuery(customerCountQuery(filter)).data;
  const rows = itemsOf(list.data);
  const isFiltered = wholeFilter(filter).rules.length > 0;
  const chosen = stillThere(selected, rows);

  const show = (changes: Partial<CustomersSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  const open = ({ id }: CustomerRow): void =>
    void navigate({ to: "/customers/$customerId", params: { customerId: id } });
  useEffect(() => {
    leaveTrail(idsOf(itemsOf(list.data)), exactCount(counted));
  }, [list.data, counted]);
  useKey("n", "New customer", add, { isActive: mayCreate });
  useKey("/", "Search the customers", () => searchField.current?.focus());

  return (
    <>
      <PageHead
        title="Customers"
        context={countText(counted)}
        actions={
          <Verbs
            onExport={() => void exportRecords("customer", wholeFilter(filter), sort, columns)}
            columns={columns}
            onColumns={(keys) => show({ columns: [...keys] })}
            onAdd={mayCreate ? add : undefined}
          />
        }
      />
      <CustomersToolbar
        search={search}
        me={me.id}
        seesOthers={me.reach["customer.read"] !== "own"}
        rows={rows ?? []}
        searchField={searchField}
        onShow={show}
        shown={shown}
      />
      <FilterBar
        fields={fields}
        filter={shown.filter}
        onChange={(next) => show({ filter: next })}
        end={<ViewChanges shown={shown} onReset={() => show(asSaved)} />}
      />
      <PageBody isPadded={false}>
        <TabPanel id={customersPanelId} value={tabOf(shown, owner, me.id)}>
          <CustomersTable
            columns={columns}
            selection={{ selected: chosen, onChange: setSelected, nameOf: ({ name }) => name }}
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
      <BulkBar
        entity="customer"
        selected={chosen}
        onSelect={setSelected}
        filter={wholeFilter(filter)}
        count={exactCount(counted)}
        loaded={rows?.length}
        fields={bulkFields}
        mayDelete={mayDelete}
        onExport={(asked) => void exportRecords("customer", asked, sort, columns)}
      />
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

type VerbsProps = {
  readonly onExport: () => void;
  readonly columns: readonly string[];
  readonly onColumns: (keys: readonly string[]) => void;
  readonly onAdd: (() => void) | undefined;
};

function Verbs({ onExport, columns, onColumns, onAdd }: VerbsProps): ReactElement {
  const mayImport = useCan("import.run");
  return (
    <>
      <Button size="sm" icon={Download} onClick={onExport}>
        Export
      </Button>
      <ColumnChooser all={customerColumns} chosen={columns} onChange={onColumns} />
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

function idsOf(rows: readonly CustomerRow[] = []): readonly CustomerRow["id"][] {
  return rows.map(({ id }) => id);
}

/** Rows that are gone from the list are chosen no more. */
function stillThere(selected: ReadonlySet<string>, rows: readonly CustomerRow[] = []): ReadonlySet<string> {
  return new Set(rows.flatMap(({ id }) => (selected.has(id) ? [id] : [])));
}

/** An order the list knows; one of another version of it is none. */
function customerSort(sort: string | undefined): CustomersSearch["sort"] {
  return customerSorts.flatMap((key) => [key, `-${key}` as const]).find((key) => key === sort);
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
          <Button
            size="sm"
            onClick={() => onShow({ q: undefined, owner: undefined, industry: undefined, filter: noFilter })}
          >
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
