import type { Import, ImportMapping } from "@rainmaker/contracts/records/imports";
import { CircleHelp, Equal, Link2, Plus } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatCountOf } from "#lib/format";
import { useCan } from "#lib/session";
import { Badge, type Tone } from "#ui/badge";
import { Button } from "#ui/button";
import { Card, CardHead } from "#ui/card";
import { QueryView } from "#ui/query-view";
import { SelectField } from "#ui/select-field";
import { SkeletonLines } from "#ui/skeleton";
import { fieldLabel } from "./import-words.ts";
import { chooseValue } from "./mapping.ts";
import { usePreview, type MappingDraft, type Preview } from "./use-import.ts";
import { useKnown, type Known } from "./known-records.ts";
import { relationWords, remarksOn } from "./relation-words.ts";
import { groupValues, type Proposal, type ValueGroup } from "./values.ts";

type ValueChoicesProps = { readonly imported: Import; readonly draft: MappingDraft };

/** Values that name other records: what each was taken for, the doubtful ones first. */
export function ValueChoices({ imported, draft }: ValueChoicesProps): ReactElement | null {
  const { columns, options } = draft.mapping;
  const hasRelations = columns.some(({ field }) =>
    imported.fields.some(({ name, kind }) => name === field && kind === "relation"),
  );
  if (!hasRelations) return null;
  return <LoadedValues imported={imported} draft={draft} dependsOn={{ columns, pipelineId: options.pipelineId }} />;
}

function LoadedValues({
  imported,
  draft,
  dependsOn,
}: ValueChoicesProps & { readonly dependsOn: unknown }): ReactElement {
  const preview = usePreview(imported.id, dependsOn, draft.settle);
  const known = useKnown(draft.mapping.options.pipelineId);
  return (
    <QueryView query={preview} what="The values of the file" skeleton={<ValuesSkeleton />}>
      {(data: Preview) => (
        <section aria-label="Values of the file" className="flex flex-col gap-3">
          {groupValues(data.values).map((group) => (
            <GroupCard
              key={group.field}
              group={group}
              imported={imported}
              draft={draft}
              known={known[group.field] ?? []}
              // Only the first 500 values come back: with fewer than that, what is left has none.
              emptyRows={data.values.length < mostValues ? data.counts.read - group.rows : 0}
            />
          ))}
        </section>
      )}
    </QueryView>
  );
}

function ValuesSkeleton(): ReactElement {
  return (
    <Card className="flex flex-col gap-3 p-4">
      <p className="text-subtle">Reading the file and looking its names up</p>
      <SkeletonLines lines={4} />
    </Card>
  );
}

/** As many as the server answers. */
const mostValues = 500;
const firstShown = 8;

type GroupCardProps = ValueChoicesProps & {
  readonly group: ValueGroup;
  readonly known: readonly Known[];
  /** Rows without a value. */
  readonly emptyRows: number;
};

function GroupCard({ group, imported, draft, known, emptyRows }: GroupCardProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const label = fieldLabel(imported, group.field);
  const mayMake = useCan(relationWords(group.field).permission);
  const remarks = remarksOn(group.field, { unknown: group.counts.new, emptyRows, mayMake });
  const rows = isOpen
    ? group.proposals
    : group.proposals.filter(({ verdict }) => verdict !== "matched").slice(0, firstShown);
  const hidden = group.proposals.length - rows.length;
  return (
    <Card>
      <CardHead title={label} context={summaryOf(group)} />
      {rows.length > 0 && (
        <ul className="border-t border-line-subtle">
          {rows.map((proposal) => (
            <ValueRow
              key={proposal.value}
              proposal={proposal}
              known={known}
              mayMake={mayMake}
              label={label}
              mapping={draft.mapping}
              onChange={draft.change}
            />
          ))}
        </ul>
      )}
      {remarks.length > 0 && (
        <p className="border-t border-line-subtle px-4 py-2 text-xs text-subtle">{remarks.join(" ")}</p>
      )}
      {(hidden > 0 || isOpen) && (
        <div className="border-t border-line-subtle px-4 py-2">
          <Button size="xs" tone="ghost" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? "Show fewer" : `Show all ${formatCountOf(group.proposals.length, "value")}`}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** "85 matched, 1 similar, 2 new". */
function summaryOf({ counts }: ValueGroup): string {
  const parts = [
    [counts.matched, "matched"],
    [counts.similar, "similar"],
    [counts.new, "new"],
    [counts.ambiguous, "to decide"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}

const verdicts: Readonly<Record<Proposal["verdict"], { word: string; tone: Tone; icon: typeof Plus }>> = {
  matched: { word: "Matched", tone: "success", icon: Link2 },
  similar: { word: "Similar", tone: "warning", icon: Equal },
  new: { word: "New", tone: "info", icon: Plus },
  ambiguous: { word: "Several", tone: "danger", icon: CircleHelp },
};

const unknown = { word: "Unknown", tone: "danger", icon: CircleHelp } as const;

function newLabel({ value, sameAs }: Proposal): string {
  return sameAs === null ? `New: ${value}` : `New, as one with ${sameAs}`;
}

type ValueRowProps = {
  readonly proposal: Proposal;
  /** Other records the value may stand for. */
  readonly known: readonly Known[];
  readonly mayMake: boolean;
  readonly label: string;
  readonly mapping: ImportMapping;
  readonly onChange: (next: ImportMapping) => void;
};

function ValueRow({ proposal, known, mayMake, label, mapping, onChange }: ValueRowProps): ReactElement {
  const { field, value, rows, candidates, verdict } = proposal;
  const isUnknown = verdict === "new" && !mayMake;
  const { word, tone, icon } = isUnknown ? unknown : verdicts[verdict];
  const chosen = mapping.options.values?.[field]?.[value];
  const target = chosen ?? proposal.target;
  // Nothing is guessed here: unless somebody says what is meant, the rows are refused.
  const isOpen = (verdict === "ambiguous" || isUnknown) && chosen === undefined;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_88px_260px] items-center gap-3 border-b border-line-subtle px-4 py-2 last:border-0 max-sm:grid-cols-[minmax(0,1fr)_auto]">
      <span className="min-w-0">
        <span className="block truncate font-medium">{value}</span>
        <span className="tnum block text-xs text-subtle">{formatCountOf(rows, "row")}</span>
      </span>
      <Badge tone={tone} icon={icon} className="justify-self-start">
        {word}
      </Badge>
      <SelectField
        label={`${label} ${value} is`}
        isLabelHidden
        size="sm"
        className="max-sm:col-span-2"
        value={isOpen ? "" : target}
        {...(isOpen && { placeholder: isUnknown ? "Choose what is meant" : "Choose which one" })}
        onChange={(next) => next !== "" && onChange(chooseValue(mapping, field, value, next))}
        options={[
          ...candidates.map(({ id, label: name }) => ({ value: id, label: name })),
          ...(mayMake ? [{ value: "create", label: newLabel(proposal) }] : []),
          { value: "empty", label: relationWords(field).leaveOut },
          ...known
            .filter(({ id }) => !candidates.some((one) => one.id === id))
            .map(({ id, label: name }) => ({ value: id, label: name })),
        ]}
      />
    </li>
  );
}
