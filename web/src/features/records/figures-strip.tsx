import type { ImportCounts } from "@rainmaker/contracts/records/imports";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatCount } from "#lib/format";

const parts = [
  { key: "created", fill: "bg-brand" },
  { key: "updated", fill: "bg-[var(--viz-pos-2)]" },
  { key: "skipped", fill: "bg-line-strong" },
  { key: "failed", fill: "bg-[var(--warning-solid)]" },
] as const;

type FiguresStripProps = {
  readonly counts: ImportCounts;
  readonly labels: { readonly created: string; readonly updated: string; readonly skipped: string };
};

/** Read = created + updated + skipped + not imported, in figures and as a bar. */
export function FiguresStrip({ counts, labels }: FiguresStripProps): ReactElement {
  const figures = [
    ["Read", counts.read],
    [labels.created, counts.created],
    [labels.updated, counts.updated],
    [labels.skipped, counts.skipped],
    ["Not imported", counts.failed],
  ] as const;
  return (
    <div className="flex flex-col gap-3.5">
      <dl className="grid grid-cols-5 rounded-lg border bg-surface max-sm:grid-cols-2">
        {figures.map(([label, count], index) => (
          <div key={label} className="border-line-subtle px-4 py-2.5 max-sm:first:col-span-2 sm:not-first:border-l">
            <dt className="text-xs text-subtle">{label}</dt>
            <dd className={cx("tnum text-xl leading-6.5 font-semibold", index === 4 && count > 0 && "text-warning-fg")}>
              {formatCount(count)}
            </dd>
          </div>
        ))}
      </dl>
      <span aria-hidden="true" className="flex h-2 gap-0.5 overflow-hidden rounded-full bg-active">
        {parts
          .filter(({ key }) => counts[key] > 0)
          .map(({ key, fill }) => (
            <span key={key} className={fill} style={{ width: `${(counts[key] / Math.max(1, counts.read)) * 100}%` }} />
          ))}
      </span>
    </div>
  );
}
