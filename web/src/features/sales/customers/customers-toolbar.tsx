import type { MemberId } from "@rainmaker/contracts/ids";
import type { CustomerRow } from "@rainmaker/contracts/sales/customers";
import { Search, X } from "lucide-react";
import { useEffect, useState, type ReactElement, type Ref } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { useMedia } from "#lib/media";
import { IconButton } from "#ui/button";
import { FilterChip } from "#ui/filter-chip";
import { Kbd } from "#ui/kbd";
import { Toolbar } from "#ui/page-head";
import { Tabs } from "#ui/tabs";
import { TextField } from "#ui/text-field";
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

const pauseMs = 200;

type SearchFieldProps = {
  readonly value: string;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly onChange: (value: string) => void;
};

/** Goes into the address once the typing pauses. */
function SearchField({ value, inputRef, onChange }: SearchFieldProps): ReactElement {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  // Changed from elsewhere: the filters were cleared, or Back was pressed.
  if (value !== known) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      label="Search customers"
      isLabelHidden
      size="sm"
      className="w-52 max-sm:w-full"
      icon={Search}
      placeholder="Search customers"
      inputRef={inputRef}
      value={text}
      onChange={setText}
      end={
        text === "" ? (
          <Kbd keys="/" />
        ) : (
          <IconButton icon={X} iconSize={12} size="xs" label="Clear the search" onClick={() => setText("")} />
        )
      }
    />
  );
}
