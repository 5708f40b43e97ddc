import type { MemberId } from "@rainmaker/contracts/ids";
import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import type { ReactElement, Ref } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { asSaved, ViewActions, ViewTabs, type ShownView } from "#features/records";
import { useMedia } from "#lib/media";
import { FilterChip } from "#ui/filter-chip";
import { Toolbar } from "#ui/page-head";
import { SearchField } from "#ui/search-field";
import type { CustomersSearch } from "./search.ts";
import { wholeFilter } from "./customer-rows.ts";

export const customersPanelId = "customers";

type CustomersToolbarProps = {
  readonly search: CustomersSearch;
  readonly me: MemberId;
  /** Whether there can be others than the own ones. */
  readonly seesOthers: boolean;
  /** The rows in view: industries are offered from these. */
  readonly rows: readonly CustomerRow[];
  readonly searchField: Ref<HTMLInputElement>;
  readonly onShow: (changes: Partial<CustomersSearch>) => void;
  readonly shown: ShownView;
};

/** Which tab is open: a saved view, the own ones, or all. */
export function tabOf({ current }: ShownView, owner: MemberId | undefined, me: MemberId): string {
  return current?.id ?? (owner === me ? "mine" : "all");
}

export function CustomersToolbar({
  search,
  me,
  seesOthers,
  rows,
  searchField,
  onShow,
  shown,
}: CustomersToolbarProps): ReactElement {
  const members = useAllMembers();
  const { owner, industry } = search;
  const industries = new Set([
    ...rows.flatMap((row) => row.industry ?? []),
    ...(industry === undefined ? [] : [industry]),
  ]);
  const isPhone = useMedia("phone");
  const find = (
    <SearchField
      label="Search customers"
      value={search.q ?? ""}
      inputRef={searchField}
      onChange={(q) => onShow({ q: q === "" ? undefined : q })}
    />
  );
  return (
    <>
      {isPhone && <div className="flex-none px-4 pb-2">{find}</div>}
      <Toolbar>
        <ViewTabs
          label="Customers"
          panelId={customersPanelId}
          shown={shown}
          value={tabOf(shown, owner, me)}
          onChange={(tab) =>
            onShow({ ...asSaved, view: tab === "mine" ? "all" : tab, owner: tab === "mine" ? me : undefined })
          }
          fixed={[
            { value: "all", label: "All" },
            { value: "mine", label: "Mine" },
          ]}
        />
        <ViewActions
          entity="customer"
          shown={{ ...shown, filter: wholeFilter({ q: search.q, industry, ownerId: owner, filter: shown.filter }) }}
          onOpen={(view) =>
            onShow({ ...asSaved, q: undefined, industry: undefined, view: view ?? "all", owner: undefined })
          }
        />
        <span className="ml-auto flex flex-none items-center gap-2">
          {seesOthers && (
            <FilterChip
              label="Owner"
              emptyLabel="anyone"
              options={members.map((member) => ({ value: member.id as string, label: nameOf(member) }))}
              value={owner ?? null}
              onChange={(next) => onShow({ owner: members.find(({ id }) => id === next)?.id })}
            />
          )}
          <FilterChip
            label="Industry"
            emptyLabel="any"
            options={[...industries].toSorted((a, b) => a.localeCompare(b)).map((one) => ({ value: one, label: one }))}
            value={industry ?? null}
            onChange={(next) => onShow({ industry: next ?? undefined })}
          />
          {!isPhone && find}
        </span>
      </Toolbar>
    </>
  );
}
