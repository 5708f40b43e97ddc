import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Archive, ChevronDown, Plus, SquareKanban, Table2 } from "lucide-react";
import { Suspense, type ComponentProps, type ReactElement } from "react";
import { formatCount } from "#lib/format";
import { useKey } from "#lib/keys";
import { useCan } from "#lib/session";
import { Banner } from "#ui/banner";
import { Button, IconButton } from "#ui/button";
import { lazyLayer, lazyPart } from "#ui/lazy-part";
import { SkeletonLines } from "#ui/skeleton";
import { EmptyState } from "#ui/empty-state";
import { ErrorState } from "#ui/error-state";
import { Menu, MenuChoice } from "#ui/menu";
import { PageBody, PageHead } from "#ui/page-head";
import { Segmented } from "#ui/segmented";
import { TabPanel } from "#ui/tabs";
import { comeFrom } from "./opportunities/came-from.ts";
import { totalOf } from "./pipeline/board-model.ts";
import { BoardSkeleton } from "./pipeline/board-skeleton.tsx";
import { PaidBoard } from "./pipeline/paid-board.tsx";
import { PastBanner } from "./pipeline/past-board.tsx";
import { PipelineSums } from "./pipeline/pipeline-sums.tsx";
import { PipelineToolbar, pipelinePanelId } from "./pipeline/pipeline-toolbar.tsx";
import type { PipelineSearch } from "./pipeline/search.ts";
import { useAttention, useBoard, usePipeline } from "./pipeline/use-board.ts";

const OpportunityTable = lazyPart(
  "The table",
  async () => (await import("./pipeline/opportunity-table.tsx")).OpportunityTable,
);

const OpenSheet = lazyLayer(
  "The form",
  async () => (await import("./opportunities/new-opportunity-sheet.tsx")).NewOpportunitySheet,
);

/** Its code is asked for by whoever opens it. */
function NewSheet(props: ComponentProps<typeof OpenSheet>): ReactElement | null {
  return props.isOpen ? <OpenSheet {...props} /> : null;
}

export function PipelinePage(): ReactElement {
  const search = useSearch({ from: "/shell/pipeline" });
  const navigate = useNavigate({ from: "/pipeline" });
  const mayCreate = useCan("opportunity.create");
  const { query, pipelines, pipeline } = usePipeline(search.pipeline);
  const show = (changes: Partial<PipelineSearch>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const add = (): void => show({ new: true });
  useKey("n", "New opportunity", add, { isActive: mayCreate });
  const isTable = search.as === "table";
  const toggle = (): void => show({ as: isTable ? undefined : "table", stage: undefined, asOf: undefined });

  // The total of all that is open, whatever view is shown.
  const all = useBoard({ pipelineId: pipeline?.id, search: { ...search, view: undefined } });
  const total = all.data === undefined ? undefined : totalOf(all.data.columns);
  return (
    <>
      <PageHead
        title="Pipeline"
        context={<Context {...{ total, pipelines, isTable, toggle }} current={pipeline} onShow={show} />}
        phoneActions={
          <IconButton
            tone="secondary"
            className="size-10 rounded-xl"
            icon={isTable ? SquareKanban : Table2}
            label={isTable ? "Show as board" : "Show as table"}
            onClick={toggle}
          />
        }
        actions={
          mayCreate && (
            <Button tone="primary" size="sm" icon={Plus} shortcut="n" onClick={add}>
              New opportunity
            </Button>
          )
        }
      />
      {query.error !== null && pipeline === undefined ? (
        <PageBody>
          <ErrorState error={query.error} what="The pipeline" onRetry={() => void query.refetch()} />
        </PageBody>
      ) : (
        <Content
          {...{ search, pipeline, total, show }}
          isTotalMissing={all.error !== null && total === undefined}
          onAdd={mayCreate ? add : undefined}
        />
      )}
      {mayCreate && pipeline !== undefined && (
        <NewSheet
          isOpen={search.new === true}
          customerId={search.customer}
          pipeline={pipeline}
          onClose={() => show({ new: undefined, customer: undefined })}
        />
      )}
    </>
  );
}

type Known = ReturnType<typeof usePipeline>;

type PipelineNameProps = {
  readonly pipelines: Known["pipelines"];
  readonly current: Known["pipeline"];
  readonly onShow: (changes: Partial<PipelineSearch>) => void;
};

type ContextProps = PipelineNameProps & {
  readonly total: ReturnType<typeof totalOf> | undefined;
  readonly isTable: boolean;
  readonly toggle: () => void;
};

function Context({ total, isTable, toggle, ...names }: ContextProps): ReactElement {
  return (
    <>
      <span className="sm:hidden">{total === undefined ? "" : `${formatCount(total.count)} open`}</span>
      <span className="flex items-center gap-2 max-sm:hidden">
        <PipelineName {...names} />
        <Segmented
          label="Shown as"
          value={isTable ? "table" : "board"}
          onChange={toggle}
          options={[
            { value: "board", label: "Board", icon: SquareKanban },
            { value: "table", label: "Table", icon: Table2 },
          ]}
        />
      </span>
    </>
  );
}

function PipelineName({ pipelines, current, onShow }: PipelineNameProps): ReactElement | null {
  if (current === undefined) return null;
  if (pipelines.length === 1) return <span className="text-muted">{current.name}</span>;
  const trigger = (
    <Button tone="ghost" size="sm" aria-label={`Pipeline: ${current.name}`}>
      {current.name}
      <ChevronDown size={14} aria-hidden="true" />
    </Button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuChoice
        value={current.id}
        onChange={(pipeline) => onShow({ pipeline, stage: undefined, asOf: undefined })}
        options={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Menu>
  );
}

type ContentProps = {
  readonly search: PipelineSearch;
  readonly pipeline: Known["pipeline"];
  readonly total: ReturnType<typeof totalOf> | undefined;
  readonly show: (changes: Partial<PipelineSearch>) => void;
  /** It could not be read; until then there is room for it. */
  readonly isTotalMissing: boolean;
  readonly onAdd: (() => void) | undefined;
};

function Content({ search, pipeline, total, show, isTotalMissing, onAdd }: ContentProps): ReactElement {
  const navigate = useNavigate();
  const { counts, atRisk } = useWorries(pipeline, search);
  const empty = <NothingHere search={search} onShow={show} onAdd={onAdd} />;
  const remember = (_: OpportunityCard, among: readonly OpportunityCard[]): void => comeFrom(among.map(({ id }) => id));
  const allCounts = { all: total?.count, ...counts };
  const sums = <PipelineSums isMissing={isTotalMissing} sums={total?.sums} atRisk={atRisk} />;
  if (search.as === "table" && pipeline !== undefined) {
    return (
      <Suspense
        fallback={
          <PageBody>
            <SkeletonLines />
          </PageBody>
        }
      >
        <OpportunityTable
          {...{ pipeline, search, sums, empty }}
          counts={allCounts}
          onShow={show}
          onOpen={(card, among) => {
            remember(card, among);
            void navigate({ to: "/opportunities/$opportunityId", params: { opportunityId: card.id } });
          }}
        />
      </Suspense>
    );
  }
  return (
    <>
      <PipelineToolbar search={search} counts={allCounts} stages={pipeline?.stages ?? []} onShow={show} />
      <TabPanel id={pipelinePanelId} value={search.view ?? "all"} className="flex min-h-0 flex-1 flex-col">
        <Notice search={search} pipeline={pipeline} onShow={show} />
        {sums}
        <BoardPart {...{ search, pipeline, empty, show }} onOpen={remember} />
      </TabPanel>
    </>
  );
}

/** What needs somebody today; of a past day there is nothing to say. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- put together from a query, used by this page alone
function useWorries(pipeline: Known["pipeline"], search: PipelineSearch) {
  const read = useAttention({ pipelineId: pipeline?.id, search }).data?.views ?? [];
  const views = search.asOf === undefined ? read : [];
  const counts = Object.fromEntries(views.map(({ view, count }) => [view, count]));
  return { counts, atRisk: views.find(({ view }) => view === "at-risk") };
}

type NoticeProps = Pick<ContentProps, "search" | "pipeline"> & { readonly onShow: ContentProps["show"] };

/** Why nothing can be moved, where that is so. */
function Notice({ search, pipeline, onShow }: NoticeProps): ReactElement | null {
  if (search.asOf !== undefined) return <PastBanner asOf={search.asOf} onShow={onShow} />;
  if (pipeline?.isArchived !== true) return null;
  return (
    <Banner tone="warning" icon={Archive}>
      {pipeline.name} is archived: nothing is opened or moved in it.
    </Banner>
  );
}

type BoardPartProps = Pick<ContentProps, "search" | "pipeline" | "show"> & {
  readonly empty: ReactElement;
  readonly onOpen: (card: OpportunityCard, among: readonly OpportunityCard[]) => void;
};

function BoardPart({ search, pipeline, empty, show, onOpen }: BoardPartProps): ReactElement {
  const mayMove = useCan("opportunity.edit") && search.asOf === undefined && pipeline?.isArchived !== true;
  const board = useBoard({ pipelineId: pipeline?.id, search });
  if (board.data === undefined && board.error !== null) {
    return (
      <PageBody>
        <ErrorState error={board.error} what="The board" onRetry={() => void board.refetch()} />
      </PageBody>
    );
  }
  if (board.data === undefined || pipeline === undefined) return <BoardSkeleton />;
  if (board.data.columns.every(({ count }) => count === 0)) return <PageBody>{empty}</PageBody>;
  return (
    <PaidBoard
      pipelineId={pipeline.id}
      search={search}
      read={board.data.columns}
      mayMove={mayMove}
      onOpen={onOpen}
      onShowStage={(stage) => show({ as: "table", stage, view: undefined })}
    />
  );
}

type NothingHereProps = {
  readonly search: PipelineSearch;
  readonly onShow: (changes: Partial<PipelineSearch>) => void;
  readonly onAdd: (() => void) | undefined;
};

function NothingHere({ search, onShow, onAdd }: NothingHereProps): ReactElement {
  const { view, owner, team, within, stage, fresh, asOf } = search;
  if ([view, owner, team, within, stage, fresh, asOf].some((one) => one !== undefined)) {
    const narrowed = { view: undefined, owner: undefined, team: undefined, within: undefined };
    const none = { ...narrowed, stage: undefined, fresh: undefined, asOf: undefined };
    return (
      <EmptyState
        icon={SquareKanban}
        title="Nothing fits these filters"
        actions={
          <Button size="sm" onClick={() => onShow(none)}>
            Clear filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={SquareKanban}
      title="No opportunities yet"
      actions={
        onAdd !== undefined && (
          <Button tone="primary" size="sm" shortcut="n" onClick={onAdd}>
            New opportunity
          </Button>
        )
      }
    >
      A sale you pursue starts here: name it, say who might buy, and move it along until it is won.
    </EmptyState>
  );
}
