import type { Import } from "@rainmaker/contracts/records/imports";
import { CircleX, FileCheck2 } from "lucide-react";
import type { ReactElement } from "react";
import { formatDuration } from "#lib/format";
import { useUser } from "#lib/session";
import { Badge } from "#ui/badge";
import { ButtonLink } from "#ui/button";
import { Moment } from "#ui/moment";
import { Note } from "#ui/note";
import { PageBody, PageHead } from "#ui/page-head";
import { IconTile } from "#ui/timeline";
import { FailedRows } from "./failed-rows.tsx";
import { FiguresStrip } from "./figures-strip.tsx";
import { countOf, listOf, pluralOf, stateOf } from "./import-words.ts";
import { KeptRows } from "./kept-rows.tsx";
import { ReviewRows } from "./review-rows.tsx";
import { UndoCard } from "./undo-card.tsx";

/** What an import did, what it could not do and why, and how to take it back. */
export function ImportResult({ imported }: { readonly imported: Import }): ReactElement {
  const { counts, entity, failure } = imported;
  return (
    <>
      <PageHead
        title={imported.fileName}
        crumbs={[{ label: "Imports", to: "/imports" }]}
        context={<StateBadge imported={imported} />}
        actions={
          <ButtonLink to="/imports/new" search={{ entity }} size="sm">
            Import another file
          </ButtonLink>
        }
      />
      <PageBody>
        <div className="mx-auto flex max-w-260 flex-col gap-4">
          <ResultHead imported={imported} />
          {failure !== null && (
            <Note tone="danger" icon={CircleX}>
              <strong className="font-medium">The import stopped.</strong> {failure} What was done until then stays.
            </Note>
          )}
          <FiguresStrip counts={counts} labels={{ created: "Created", updated: "Updated", skipped: "As they were" }} />
          <div className="grid grid-cols-[minmax(0,1fr)_360px] items-start gap-3.5 max-lg:grid-cols-1">
            <div className="flex flex-col gap-3.5">
              {imported.toReview > 0 && <ReviewRows imported={imported} />}
              {imported.undo !== null && imported.undo.kept > 0 && <KeptRows imported={imported} />}
              <FailedRows imported={imported} />
            </div>
            <UndoCard imported={imported} />
          </div>
        </div>
      </PageBody>
    </>
  );
}

export function StateBadge({ imported }: { readonly imported: Pick<Import, "status"> }): ReactElement {
  const { word, tone } = stateOf(imported.status);
  return <Badge tone={tone}>{word}</Badge>;
}

function ResultHead({ imported }: { readonly imported: Import }): ReactElement {
  const me = useUser();
  const { owner, startedAt, finishedAt, entity } = imported;
  const took = startedAt === null || finishedAt === null ? null : tookText(startedAt, finishedAt);
  const list = listOf(entity);
  return (
    <header className="flex items-center gap-3 max-sm:flex-wrap">
      <IconTile icon={FileCheck2} tone={imported.status === "failed" ? "danger" : "success"} />
      <div className="min-w-0 flex-1">
        <h2 className="font-medium">
          {imported.counts.created + imported.counts.updated === 0
            ? `No ${pluralOf(entity)} were written`
            : `${countOf(imported.counts.created + imported.counts.updated, entity)} written`}
        </h2>
        <p className="tnum text-xs text-subtle">
          {owner.name}
          {finishedAt !== null && (
            <>
              , <Moment at={finishedAt} isInSentence />
            </>
          )}
          {took !== null && `, ${took}`}, ran with {owner.id === me.id ? "your" : "their"} rights
        </p>
      </div>
      <ButtonLink to={list.to} size="sm">
        See {pluralOf(entity)}
      </ButtonLink>
    </header>
  );
}

function tookText(startedAt: string, finishedAt: string): string {
  const ms = Date.parse(finishedAt) - Date.parse(startedAt);
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : formatDuration(ms);
}
