import { Suspense, type ReactElement } from "react";
import type { CustomFactsProps } from "#features/records";
import { lazyPart } from "#ui/lazy-part";

// Fetched after the page: lists bring the same code, a record's page needs none of it to stand.
const Facts = lazyPart("Further fields", async () => (await import("#features/records")).CustomFacts);

/** What the organization wants to know of a record besides. */
export function FurtherFacts(props: CustomFactsProps): ReactElement {
  return (
    <Suspense fallback={null}>
      <Facts {...props} />
    </Suspense>
  );
}
