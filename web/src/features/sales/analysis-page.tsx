import type { FigureCell } from "@rainmaker/contracts/sales/analysis";
import type { Pipeline } from "@rainmaker/contracts/sales/pipelines";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarRange } from "lucide-react";
import { Suspense, type ReactElement } from "react";
import { spans, spanWords, type Span } from "#lib/span";
import { lazyPart } from "#ui/lazy-part";
import { PageBody, PageHead, Toolbar } from "#ui/page-head";
import { QueryView } from "#ui/query-view";
import { SelectField } from "#ui/select-field";
import { SkeletonLines } from "#ui/skeleton";
import { AgeCard, ConversionCard, Headlines, WinRatesCard } from "./analysis/analysis-parts.tsx";
import { figureTitle } from "./analysis/figure-words.ts";
import type { AnalysisSearch } from "./analysis/search.ts";
import { analysisQuery, figureNamed, type Analysis } from "./analysis/use-analysis.ts";
import { useToday } from "./opportunities/use-today.ts";
import { PeopleChips } from "./people-chips.tsx";
import { usePipeline } from "./pipeline/use-board.ts";

const RowsSheet = lazyPart("The opportunities", async () => (await import("./analysis/rows-sheet.tsx")).RowsSheet);

type Show = (changes: Partial<AnalysisSearch>) => void;

/** Where opportunities go on, stay, and are won or lost; every figure opens what it counts. */
export function AnalysisPage(): ReactElement {
  const search = useSearch({ from: "/shell/analysis" });
  const navigate = useNavigate({ from: "/analysis" });
  const show: Show = (changes) => void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const { query, pipelines, pipeline } = usePipeline(search.pipeline);
  const skeleton = <SkeletonLines lines={10} />;
  return (
    <>
      <PageHead title="Pipeline analysis" />
      <AnalysisToolbar {...{ search, show, pipelines }} current={pipeline} />
      <PageBody>
        <QueryView query={query} what="The pipelines" skeleton={skeleton}>
          {() => pipeline !== undefined && <Figures {...{ pipeline, search, show }} />}
        </QueryView>
      </PageBody>
    </>
  );
}

type ToolbarProps = {
  readonly search: AnalysisSearch;
  readonly show: Show;
  readonly pipelines: readonly Pipeline[];
  readonly current: Pipeline | undefined;
};

function AnalysisToolbar({ search, show, pipelines, current }: ToolbarProps): ReactElement {
  return (
    <Toolbar>
      {pipelines.length > 1 && current !== undefined && (
        <SelectField
          label="Pipeline"
          isLabelHidden
          size="sm"
          options={pipelines.map(({ id, name }) => ({ value: id, label: name }))}
          value={current.id}
          onChange={(pipeline) => show({ pipeline })}
        />
      )}
      <span className="ml-auto flex flex-none items-center gap-2 max-sm:ml-3">
        <PeopleChips search={search} onShow={show} />
        <SelectField<Span>
          label="Time"
          isLabelHidden
          size="sm"
          icon={CalendarRange}
          options={spans.map((value) => ({ value, label: spanWords[value] }))}
          value={search.span ?? "last-12-months"}
          onChange={(span) => show({ span: span === "last-12-months" ? undefined : span })}
        />
      </span>
    </Toolbar>
  );
}

type FiguresProps = { readonly pipeline: Pipeline; readonly search: AnalysisSearch; readonly show: Show };

function Figures({ pipeline, search, show }: FiguresProps): ReactElement {
  const query = useQuery({ ...analysisQuery(pipeline.id, search, useToday()), placeholderData: keepPreviousData });
  const open = ({ figure, key }: FigureCell): void => show({ figure, key });
  return (
    <QueryView query={query} what="The analysis" skeleton={<SkeletonLines lines={10} />}>
      {(analysis) => (
        <div className="flex flex-col gap-3.5">
          <Headlines analysis={analysis} onOpen={open} />
          <ConversionCard analysis={analysis} onOpen={open} />
          <AgeCard analysis={analysis} onOpen={open} />
          <WinRatesCard
            analysis={analysis}
            by={search.by ?? "source"}
            onBy={(by) => show({ by: by === "source" ? undefined : by })}
            onOpen={open}
          />
          <Opened {...{ pipeline, search, show, analysis }} />
        </div>
      )}
    </QueryView>
  );
}

function Opened({
  pipeline,
  search,
  show,
  analysis,
}: FiguresProps & { readonly analysis: Analysis }): ReactElement | null {
  const figure = figureNamed(search.figure);
  if (figure === undefined) return null;
  return (
    <Suspense fallback={null}>
      <RowsSheet
        title={figureTitle(analysis, figure, search.key ?? "")}
        pipelineId={pipeline.id}
        search={search}
        figure={figure}
        onClose={() => show({ figure: undefined, key: undefined })}
      />
    </Suspense>
  );
}
