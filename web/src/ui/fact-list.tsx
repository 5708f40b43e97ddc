import type { ReactElement, ReactNode } from "react";

type Fact = { readonly label: string; readonly value: ReactNode };

/** What is known about one thing: names left, values right of them. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  return (
    <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-4 gap-y-2">
      {facts.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-subtle">{label}</dt>
          <dd className="tnum min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
