import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";
import type { Comparable, MergeRow } from "./merge-fields.ts";

type MergeTableProps = {
  readonly rows: readonly MergeRow[];
  readonly records: readonly Comparable[];
  readonly survivorId: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly onSurvivor: (id: string) => void;
  readonly onChoose: (field: string, id: string) => void;
};

/** The records side by side: which one stays, and of which each field is that they differ in. */
export function MergeTable({
  rows,
  records,
  survivorId,
  choices,
  onSurvivor,
  onChoose,
}: MergeTableProps): ReactElement {
  return (
    <div className="overflow-x-auto rounded-lg border">
      <table aria-label="Fields to choose" className="w-full min-w-90 text-sm">
        <thead>
          <tr className="border-b bg-sunken text-left">
            <th scope="col" className="w-32 max-sm:w-20 px-3 py-2 font-medium text-muted">
              Stays
            </th>
            {records.map(({ id, name, number }) => (
              <th key={id} scope="col" className="px-3 py-2 font-medium">
                <Choice group="survivor" isChosen={id === survivorId} onChoose={() => onSurvivor(id)}>
                  {name} <span className="tnum text-xs font-normal text-subtle">{number}</span>
                </Choice>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, label, values }) => (
            <tr key={field} className="border-b border-line-subtle last:border-0">
              <th scope="row" className="px-3 py-2 text-left align-top font-normal text-muted">
                {label}
              </th>
              {records.map(({ id, name }, place) => (
                <td key={id} className="px-3 py-2 align-top">
                  <Choice
                    group={field}
                    label={`${label} of ${name}: ${values[place] === "" ? "empty" : values[place]}`}
                    isChosen={choices[field] === id}
                    onChoose={() => onChoose(field, id)}
                  >
                    {values[place] === "" ? <span className="text-subtle">Empty</span> : values[place]}
                  </Choice>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type ChoiceProps = {
  readonly group: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly label?: string;
  readonly children: ReactNode;
};

function Choice({ group, isChosen, onChoose, label, children }: ChoiceProps): ReactElement {
  return (
    <label className={cx("flex items-start gap-2 pointer-coarse:min-h-11", isChosen ? "" : "text-muted")}>
      <input
        type="radio"
        name={`merge-${group}`}
        aria-label={label}
        checked={isChosen}
        onChange={onChoose}
        className="mt-0.5 size-4 flex-none accent-[var(--brand-solid)]"
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </label>
  );
}
