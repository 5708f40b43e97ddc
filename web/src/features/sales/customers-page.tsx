import { customOrder } from "@rainmaker/contracts/records/custom-types";
import { noFilter } from "@rainmaker/contracts/records/filters";
import { customerSorts } from "@rainmaker/contracts/sales/choices";
import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Building2, Download, FileUp, Plus, SearchX } from "lucide-react";
import { useEffect, useRef, useState, type ReactElement } from "react";
import {
  BulkBar,
  ColumnChooser,
  columnKeys,
  customColumns,
  exportRecords,
  knownSort,
  isBroken,
  ListBar,
  RecordTable,
  useRows,
  useCustomFields,
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
import { customerColumns, PhoneCustomer, usualColumns } from "./customers/customer-columns.tsx";
import { rowVerbs } from "./row-verbs.tsx";
import { customerGroupNames, useCustomerBulk, useCustomerFields } from "./customers/customer-fields.ts";
import { CustomersToolbar, customersPanelId, tabOf } from "./customers/customers-toolbar.tsx";
import {
  customerCountQuery,
  customerRows,
  customerTotals,
  wholeFilter,
  type CustomerFilter,
} from "./customers/customer-rows.ts";
import { NewCustomerSheet } from "./customers/new-customer-sheet.tsx";
import type { CustomersSearch } from "./customers/search.ts";
import { leaveTrail } from "./customers/trail.ts";
import { moveToTrash } from "./customers/use-customers.ts";

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
  const sort = knownSort([...customerSorts, customOrder], shown.sort);
  const columns = shown.columns ?? usualColumns;
  const all = [...customerColumns(), ...customColumns<CustomerRow>(useCustomFields("customer"))];
  const filter: CustomerFilter = { q, industry, sort, ownerId: owner, filter: shown.filter };
  const { rows } = useRows(customerRows(filter), shown.group === undefined && !isBroken(shown.filter, fields));
  const counted = useQuery({ ...customerCountQuery(filter), enabled: !isBroken(shown.filter, fields) }).data;
  const isFiltered = wholeFilter(filter).rules.length > 0;
  const chosen = stillThere(selected, rows);

  const show = (changes: Partial<CustomersSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  const open = ({ id }: CustomerRow): void =>
    void navigate({ to: "/customers/$customerId", params: { customerId: id } });
  useEffect(() => {
    leaveTrail(idsOf(rows), exactCount(counted));
  }, [rows, counted]);
  useKey("n", "New customer", add, { isActive: mayCreate });
  useKey("/", "Search the customers", () => searchField.current?.focus());

  return (
    <>
      <PageHead
        title="Customers"
        context={countText(counted)}
        actions={
          <Verbs
            onExport={() => void exportRecords("customer", wholeFilter(filter), sort, columnKeys(columns))}
            all={all}
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
      <ListBar fields={fields} groups={customerGroupNames} shown={shown} onShow={show} />
      <PageBody isPadded={false}>
        <TabPanel id={customersPanelId} value={tabOf(shown, owner, me.id)}>
          <RecordTable<CustomerRow>
            label="Customers"
            nouns={["customer", "customers"]}
            shown={shown}
            fields={fields}
            columns={all}
            standing={columns}
            verbs={rowVerbs({
              onOpen: open,
              onDelete: mayDelete ? (customer) => void remove(customer) : undefined,
            })}
            sort={sort ?? "name"}
            onChange={show}
            keyOf={({ id }) => id}
            selection={{ selected: chosen, onChange: setSelected, nameOf: ({ name }) => name }}
            renderPhone={(customer) => <PhoneCustomer customer={customer} />}
            onOpen={open}
            rowsOf={(asked) => customerRows({ ...filter, filter: asked })}
            totalsOf={(asked, groupBy) => customerTotals({ q, industry, ownerId: owner, filter: asked }, groupBy)}
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
        onExport={(asked) => void exportRecords("customer", asked, sort, columnKeys(columns))}
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
  readonly all: Parameters<typeof ColumnChooser>[0]["all"];
  readonly onExport: () => void;
  readonly columns: readonly string[];
  readonly onColumns: (keys: readonly string[]) => void;
  readonly onAdd: (() => void) | undefined;
};

function Verbs({ onExport, all, columns, onColumns, onAdd }: VerbsProps): ReactElement {
  const mayImport = useCan("import.run");
  return (
    <>
      <Button size="sm" icon={Download} onClick={onExport}>
        Export
      </Button>
      <ColumnChooser all={all} chosen={columns} onChange={onColumns} />
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

/** Rows that are gone from the list are chosen no more; of groups nobody knows all. */
function stillThere(selected: ReadonlySet<string>, rows: readonly CustomerRow[] | undefined): ReadonlySet<string> {
  if (rows === undefined) return selected;
  return new Set(rows.flatMap(({ id }) => (selected.has(id) ? [id] : [])));
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
