import type { MemberId } from "@rainmaker/contracts/ids";
import type { Contact } from "@rainmaker/contracts/sales/contacts";
import type { ReactElement, Ref } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { asSaved, ViewActions, ViewTabs, type ShownView } from "#features/records";
import { useMedia } from "#lib/media";
import { FilterChip } from "#ui/filter-chip";
import { Toolbar } from "#ui/page-head";
import { SearchField } from "#ui/search-field";
import { wholeFilter } from "./contact-rows.ts";
import type { ContactsSearch } from "./search.ts";

export const contactsPanelId = "contacts";

type ContactsToolbarProps = {
  readonly search: ContactsSearch;
  readonly me: MemberId;
  /** Whether there can be others than the own ones. */
  readonly seesOthers: boolean;
  /** The rows in view: tags are offered from these. */
  readonly rows: readonly Contact[];
  readonly searchField: Ref<HTMLInputElement>;
  readonly onShow: (changes: Partial<ContactsSearch>) => void;
  readonly shown: ShownView;
};

/** Which tab is open: a saved view, the own ones, or all. */
export function tabOf({ current }: ShownView, owner: MemberId | undefined, me: MemberId): string {
  return current?.id ?? (owner === me ? "mine" : "all");
}

export function ContactsToolbar(props: ContactsToolbarProps): ReactElement {
  const { search, me, seesOthers, rows, searchField, onShow, shown } = props;
  const members = useAllMembers();
  const isPhone = useMedia("phone");
  const { owner, tag } = search;
  const tags = new Set([...rows.flatMap((row) => row.tags), ...(tag === undefined ? [] : [tag])]);
  const find = (
    <SearchField
      label="Search contacts"
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
          label="Contacts"
          panelId={contactsPanelId}
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
          entity="contact"
          shown={{ ...shown, filter: wholeFilter({ tag, ownerId: owner, filter: shown.filter }) }}
          onOpen={(view) => onShow({ ...asSaved, q: undefined, tag: undefined, view: view ?? "all", owner: undefined })}
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
          {tags.size > 0 && (
            <FilterChip
              label="Tag"
              emptyLabel="any"
              options={[...tags].toSorted((a, b) => a.localeCompare(b)).map((one) => ({ value: one, label: one }))}
              value={tag ?? null}
              onChange={(next) => onShow({ tag: next ?? undefined })}
            />
          )}
          {!isPhone && find}
        </span>
      </Toolbar>
    </>
  );
}
