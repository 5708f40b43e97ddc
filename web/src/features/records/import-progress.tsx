import type { Import } from "@rainmaker/contracts/records/imports";
import type { ReactElement } from "react";
import { formatCount } from "#lib/format";
import { ButtonLink } from "#ui/button";
import { PageBody, PageHead } from "#ui/page-head";
import { Progress } from "#ui/progress";
import { FiguresStrip } from "./figures-strip.tsx";
import { fileText, listOf, pluralOf, stateOf } from "./import-words.ts";
import { StepBar } from "./wizard-frame.tsx";

type Words = Partial<Record<Import["status"], string>>;
const titles: Words = { undoing: "Undoing an import", redoing: "Doing an import again" };
const heads: Words = { undoing: "Taking back what was written", redoing: "Writing again what was taken back" };

/** It runs on the server: this page only looks, and may be left. */
export function ImportProgress({ imported }: { readonly imported: Import }): ReactElement {
  const { counts, progress, status, entity } = imported;
  const isUndo = status === "undoing" || status === "redoing";
  const list = listOf(entity);
  const share = counts.read === 0 ? 0 : progress / counts.read;
  return (
    <>
      <PageHead
        title={titles[status] ?? `Import ${pluralOf(entity)}`}
        crumbs={[{ label: "Imports", to: "/imports" }]}
        context={<span className="truncate max-sm:max-w-48">{imported.fileName}</span>}
      />
      {!isUndo && <StepBar current="import" />}
      <PageBody>
        <div className="mx-auto flex max-w-220 flex-col gap-5">
          <section aria-label="Progress" className="flex flex-col gap-2">
            <div className="flex items-baseline gap-3">
              <h2 className="text-lg font-semibold">{heads[status] ?? stateOf(status).word}</h2>
              {!isUndo && (
                <span className="tnum ml-auto text-muted">
                  {formatCount(progress)} of {formatCount(counts.read)} rows
                </span>
              )}
            </div>
            <Progress label={titles[status] ?? "Import"} share={isUndo ? null : share} />
            <p className="text-xs text-subtle">
              {fileText(imported)}. It goes on when you leave this page; you find it under Imports.
            </p>
          </section>
          {!isUndo && (
            <FiguresStrip
              counts={counts}
              labels={{ created: "Created", updated: "Updated", skipped: "As they were" }}
            />
          )}
          <ButtonLink to={list.to} size="sm" className="self-start">
            Go to {list.label.toLowerCase()}
          </ButtonLink>
        </div>
      </PageBody>
    </>
  );
}
