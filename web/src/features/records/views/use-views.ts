import { noFilter, type Filter } from "@rainmaker/contracts/records/filters";
import {
  arrangeViews,
  createView,
  deleteView,
  listViews,
  restoreView,
  updateView,
  type SavedView,
  type ViewEntity,
} from "@rainmaker/contracts/records/views";
import { useQuery } from "@tanstack/react-query";
import { call } from "#lib/api";
import { invalidateEntities, liveQuery, showAtOnce } from "#lib/query";
import { notifyFailure, notifyUndo } from "#lib/toasts";
import { columnOf, columnText } from "./columns.ts";

/** What the address says of a list, over what its view says. */
export type ViewSearch = {
  /** Of a saved view; "all" and "mine" are there always. */
  readonly view?: string | undefined;
  readonly filter?: Filter | undefined;
  readonly sort?: string | undefined;
  /** Keys in order, one that was drawn to a width as "owner:240". */
  readonly columns?: readonly string[] | undefined;
  /** What rows are put together by; "none" where the view says something and the address nothing. */
  readonly group?: string | undefined;
};

/** Nothing of the address over what the view says. */
export const asSaved = { filter: undefined, sort: undefined, columns: undefined, group: undefined } as const;

/** In the address, over a view that groups. */
export const noGroup = "none";

export type ShownView = {
  readonly views: readonly SavedView[];
  readonly defaultViewId: string | null;
  /** The saved view that is open. */
  readonly current: SavedView | null;
  readonly filter: Filter;
  readonly sort: string | undefined;
  /** Columns in order as the address writes them; undefined for the list's own. */
  readonly columns: readonly string[] | undefined;
  /** What rows are put together by; undefined for one list. */
  readonly group: string | undefined;
  /** How many of filter, order and columns differ from the view. */
  readonly changes: number;
};

/** The views of a list and what is shown now: the view of the address, or the one that opens by itself. */
export function useShownView(entity: ViewEntity, search: ViewSearch): ShownView {
  const { data } = useQuery(liveQuery(listViews, { query: { entity } }, ["view"]));
  const { items: views, defaultViewId } = data ?? noViews;
  const wanted = search.view ?? defaultViewId;
  const current = views.find(({ id }) => id === wanted) ?? null;
  const given = [search.filter, search.sort, search.columns, search.group];
  const saved = contentOf(current);
  return {
    views,
    defaultViewId,
    current,
    filter: search.filter ?? saved.filter,
    sort: search.sort ?? saved.sort,
    columns: search.columns ?? saved.columns,
    group: search.group === noGroup ? undefined : (search.group ?? saved.group),
    changes: given.filter((one) => one !== undefined).length,
  };
}

const noViews: { readonly items: readonly SavedView[]; readonly defaultViewId: null } = {
  items: [],
  defaultViewId: null,
};

function contentOf(view: SavedView | null): ViewContent {
  if (view === null) return { filter: noFilter, sort: undefined, columns: undefined, group: undefined };
  const { filter, sort, columns, groupBy } = view;
  return { filter, sort: sort ?? undefined, columns: columns?.map(columnText), group: groupBy ?? undefined };
}

export type ViewContent = Pick<ShownView, "filter" | "sort" | "columns" | "group">;

function bodyOf({
  filter,
  sort,
  columns,
  group,
}: ViewContent): Pick<SavedView, "filter" | "sort" | "columns" | "groupBy"> {
  return { filter, sort: sort ?? null, columns: columns?.map(columnOf) ?? null, groupBy: group ?? null };
}

/** @returns the id of the new view, or null where the server refused */
export async function keepView(
  entity: ViewEntity,
  name: string,
  isShared: boolean,
  content: ViewContent,
): Promise<SavedView | null> {
  return attempt(`${name} was not saved`, () =>
    call(createView, { body: { entity, name, isShared, ...bodyOf(content) } }),
  );
}

type ViewChanges = {
  readonly name?: string;
  readonly isShared?: boolean;
  readonly defaultFor?: string[];
  readonly content?: ViewContent;
};

export async function changeView(view: SavedView, { content, ...rest }: ViewChanges): Promise<SavedView | null> {
  return attempt(`${view.name} stays as it was`, () =>
    call(updateView, {
      params: { viewId: view.id },
      seenVersion: view.version,
      body: { ...rest, ...(content !== undefined && bodyOf(content)) },
    }),
  );
}

/** Takes it away at once and offers it back. @returns whether the server took it */
export async function removeView(view: SavedView): Promise<boolean> {
  const takeBack = showAtOnce(listViews, (reply) => ({
    ...reply,
    items: reply.items.filter(({ id }) => id !== view.id),
  }));
  const params = { viewId: view.id };
  const done = await attempt(`${view.name} stays`, async () => {
    await call(deleteView, { params, seenVersion: view.version });
    return true;
  });
  if (done === null) takeBack();
  else {
    notifyUndo(`Deleted the view ${view.name}`, async () => {
      await call(restoreView, { params });
      await invalidateEntities(["view"]);
    });
  }
  return done === true;
}

/** Keeps the order of the tabs, which views are among them, and which of them opens. */
export async function arrange(
  entity: ViewEntity,
  views: readonly SavedView[],
  defaultViewId: string | null,
): Promise<void> {
  const viewIds = views.map(({ id }) => id);
  const unpinnedIds = views.flatMap(({ id, isPinned }) => (isPinned ? [] : [id]));
  const chosen = views.find(({ id }) => id === defaultViewId)?.id ?? null;
  const takeBack = showAtOnce(listViews, (reply) =>
    reply.items.some((view) => view.entity !== entity) ? reply : { items: [...views], defaultViewId: chosen },
  );
  const done = await attempt("The order of the views was not kept", async () => {
    await call(arrangeViews, { body: { entity, viewIds, unpinnedIds, defaultViewId: chosen } });
    return true;
  });
  if (done === null) takeBack();
}

async function attempt<T>(failure: string, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    notifyFailure(failure, error);
    return null;
  } finally {
    void invalidateEntities(["view"]);
  }
}
