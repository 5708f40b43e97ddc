import type { Import } from "@rainmaker/contracts/records/imports";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { formatCountOf } from "#lib/format";
import { Card, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { CheckedRows } from "./checked-rows.tsx";
import { FiguresStrip } from "./figures-strip.tsx";
import { fieldLabel } from "./import-words.ts";
import type { MappingDraft, Preview } from "./use-import.ts";

type CheckStepProps = {
  readonly imported: Import;
  readonly draft: MappingDraft;
  readonly preview: UseQueryResult<Preview>;
};

/** What running it now would do: figures, reasons, and the first rows. */
export function CheckStep({ imported, draft, preview }: CheckStepProps): ReactElement {
  const isStale = preview.isPlaceholderData;
  return (
    <QueryView query={isStale ? { ...preview, data: undefined } : preview} what="The check" skeleton={<Checking />}>
      {(data) => (
        <div className="flex flex-col gap-4">
          <FiguresStrip
            counts={data.counts}
            labels={{ created: "Would be created", updated: "Would be updated", skipped: "Left as they are" }}
          />
          <Findings imported={imported} preview={data} />
          <Repeats groups={data.repeats} />
          <CheckedRows
            key={JSON.stringify(draft.mapping.fixes ?? {})}
            imported={imported}
            draft={draft}
            rows={data.rows}
            total={data.counts.read}
          />
        </div>
      )}
    </QueryView>
  );
}

function Checking(): ReactElement {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">Checking every row of the file</p>
      <SkeletonLines lines={6} />
    </div>
  );
}

function Findings({ imported, preview }: { readonly imported: Import; readonly preview: Preview }): ReactElement {
  const { errors, notices } = preview;
  return (
    <div className="grid grid-cols-2 items-start gap-3 max-lg:grid-cols-1">
      <Card>
        <CardHead
          title="Reasons rows are not imported"
          context={errors.length === 0 ? "none" : formatCountOf(errors.length, "reason")}
        />
        {errors.map(({ field, code, message, rows }) => (
          <Line key={`${field} ${code}`} count={formatCountOf(rows, "row")}>
            <b className="font-medium">{fieldLabel(imported, field)}</b> {message}
          </Line>
        ))}
        {errors.length === 0 && <Line>Every row can be read.</Line>}
      </Card>
      <Card>
        <CardHead title="Good to know" />
        {notices.map(({ code, message, rows }) => (
          <Line key={code} {...(rows > 0 && { count: `used by ${formatCountOf(rows, "row")}` })}>
            {message}
          </Line>
        ))}
        {notices.length === 0 && <Line>Nothing else is made or left out.</Line>}
      </Card>
    </div>
  );
}

function Line({ children, count }: { readonly children: ReactNode; readonly count?: string }): ReactElement {
  return (
    <p className="flex items-start gap-3 border-t border-line-subtle px-4 py-2.5">
      <span className="min-w-0 flex-1">{children}</span>
      {count !== undefined && <span className="tnum flex-none text-xs leading-5 text-subtle">{count}</span>}
    </p>
  );
}

/** Lines that say the same record. */
function Repeats({ groups }: { readonly groups: Preview["repeats"] }): ReactElement | null {
  if (groups.length === 0) return null;
  return (
    <Card>
      <CardHead
        title="The same more than once in the file"
        context="The first row of each is imported, the others not"
      />
      {groups.slice(0, mostGroups).map(({ rows, count }) => (
        <Line key={rows[0]} count={formatCountOf(count, "row")}>
          <span className="tnum">
            Rows {rows.join(", ")}
            {count > rows.length && " and more"}
          </span>
        </Line>
      ))}
      {groups.length > mostGroups && <Line>{`And ${groups.length - mostGroups} more groups.`}</Line>}
    </Card>
  );
}

const mostGroups = 5;
