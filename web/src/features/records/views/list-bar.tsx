import type { ReactElement } from "react";
import { FilterChip } from "#ui/filter-chip";
import { FilterBar } from "./filter-bar.tsx";
import { asSaved, noGroup, type ShownView, type ViewSearch } from "./use-views.ts";
import { ViewChanges } from "./view-actions.tsx";
import type { ViewField } from "./view-fields.ts";

type ListBarProps = {
  readonly fields: readonly ViewField[];
  readonly groups: readonly { readonly value: string; readonly label: string }[];
  readonly shown: ShownView;
  readonly onShow: (changes: Pick<ViewSearch, "filter" | "sort" | "group"> & { readonly columns?: undefined }) => void;
};

/** Conditions of a list, what its rows are put together by, and what differs from the open view. */
export function ListBar({ fields, groups, shown, onShow }: ListBarProps): ReactElement {
  const { current, group, filter } = shown;
  return (
    <FilterBar
      fields={fields}
      filter={filter}
      onChange={(next) => onShow({ filter: next })}
      end={
        <>
          <FilterChip
            label="Group by"
            emptyLabel="nothing"
            options={groups}
            value={group ?? null}
            onChange={(next) => onShow({ group: next ?? (current?.groupBy == null ? undefined : noGroup) })}
          />
          <ViewChanges shown={shown} onReset={() => onShow(asSaved)} />
        </>
      }
    />
  );
}
