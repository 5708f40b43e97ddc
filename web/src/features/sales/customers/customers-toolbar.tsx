import type { MemberId } from "@rainmaker/contracts/ids";
import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import type { ReactElement, Ref } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { useMedia } from "#lib/media";
import { FilterChip } from "#ui/filter-chip";
import { Toolbar } from "#ui/page-head";
import { SearchField } from "#ui/search-field";
import { Tabs } from "#ui/tabs";
import type { CustomersSearch } from "./search.ts";

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
};

export function CustomersToolbar({
  search,
  me,
  seesOthers,
  rows,
  searchField,
  onShow,
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
        <Tabs
          className="flex-none"
          label="Customers"
          panelId={customersPanelId}
          value={owner === me ? "mine" : "all"}
          onChange={(tab) => onShow({ owner: tab === "mine" ? me : undefined })}
          tabs={[
            { value: "all", label: "All" },
            { value: "mine", label: "Mine" },
          ]}
        />
        <span className="ml-auto flex items-center gap-2">
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
