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

/** What the address says of a list, over what its view says. */
export type ViewSearch = {
  /** Of a saved view; "all" and "mine" are there always. */
  readonly view?: string | undefined;
  readonly filter?: Filter | undefined;
  readonly sort?: string | undefined;
  readonly columns?: readonly string[] | undefined;
};

export type ShownView = {
  readonly views: readonly SavedView[];
  readonly defaultViewId: string | null;
  /** The saved view that is open. */
  readonly current: SavedView | null;
  readonly filter: Filter;
  readonly sort: string | undefined;
  /** Keys of the columns in order; undefined for the list's own. */
  readonly columns: readonly string[] | undefined;
  /** How many of filter, order and columns differ from the view. */
  readonly changes: number;
};

/** The views of a list and what is shown now: the view of the address, or the one that opens by itself. */
export function useShownView(entity: ViewEntity, search: ViewSearch): ShownView {
  const { data } = useQuery(liveQuery(listViews, { query: { entity } }, ["view"]));
  const { items: views, defaultViewId } = data ?? noViews;
  const wanted = search.view ?? defaultViewId;
  const current = views.find(({ id }) => id === wanted) ?? null;
  const given = [search.filter, search.sort, search.columns];
  const saved = contentOf(current);
  return {
    views,
    defaultViewId,
    current,
    filter: search.filter ?? saved.filter,
    sort: search.sort ?? saved.sort,
    columns: search.columns ?? saved.columns,
    changes: given.filter((one) => one !== undefined).length,
  };
}

const noViews: { readonly items: readonly SavedView[]; readonly defaultViewId: null } = {
  items: [],
  defaultViewId: null,
};

function contentOf(view: SavedView | null): ViewContent {
  if (view === null) return { filter: noFilter, sort: undefined, columns: undefined };
  return { filter: view.filter, sort: view.sort ?? undefined, columns: view.columns?.map(({ key }) => key) };
}

export type ViewContent = Pick<ShownView, "filter" | "sort" | "columns">;

function bodyOf({ filter, sort, columns }: ViewContent): Pick<SavedView, "filter" | "sort" | "columns"> {
  return { filter, sort: sort ?? null, columns: columns?.map((key) => ({ key })) ?? null };
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

type ViewChanges = { readonly name?: string; readonly isShared?: boolean; readonly content?: ViewContent };

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

/** Keeps the order of the tabs and which of them opens. */
export async function arrange(
  entity: ViewEntity,
  views: readonly SavedView[],
  defaultViewId: string | null,
): Promise<void> {
  const viewIds = views.map(({ id }) => id);
  const chosen = views.find(({ id }) => id === defaultViewId)?.id ?? null;
  const takeBack = showAtOnce(listViews, (reply) =>
    reply.items.some((view) => view.entity !== entity) ? reply : { items: [...views], defaultViewId: chosen },
  );
  const done = await attempt("The order of the views was not kept", async () => {
    await call(arrangeViews, { body: { entity, viewIds, defaultViewId: chosen } });
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
