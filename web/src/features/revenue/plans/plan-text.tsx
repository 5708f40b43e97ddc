import { planSentences } from "@rainmaker/contracts/revenue/plan-document";
import type { PlanTerms } from "@rainmaker/contracts/revenue/plans";
import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { changedSentences } from "./plan-values.ts";

/** What people will read, written from the rules as they are being changed; what the version before did not say is marked. */
export function PlanText({
  terms,
  before,
}: {
  readonly terms: PlanTerms;
  readonly before: PlanTerms | undefined;
}): ReactElement {
  const sentences = planSentences(terms);
  const changed = before === undefined ? new Set<string>() : changedSentences(planSentences(before), sentences);
  return (
    <section aria-labelledby="plan-text" className="flex flex-col gap-2">
      <h2 id="plan-text" className="flex items-baseline gap-2 font-semibold">
        What people will read
        <span className="ml-auto text-xs font-normal text-subtle">written from the rules</span>
      </h2>
      <Sentences sentences={sentences} changed={changed} />
      <p className="text-xs text-muted">
        Everybody on the plan gets this text and accepts it. It cannot be worded apart from the rules.
      </p>
    </section>
  );
}

type SentencesProps = { readonly sentences: readonly string[]; readonly changed?: ReadonlySet<string> };

export function Sentences({ sentences, changed }: SentencesProps): ReactElement {
  return (
    <ol className="flex list-decimal flex-col gap-2 pl-5 marker:text-subtle">
      {sentences.map((sentence) => {
        const isNew = changed?.has(sentence) === true;
        return (
          <li key={sentence} className={cx(isNew && "rounded-sm bg-success-soft px-1 text-success-fg")}>
            {isNew && <span className="sr-only">New: </span>}
            {sentence}
          </li>
        );
      })}
    </ol>
  );
}
