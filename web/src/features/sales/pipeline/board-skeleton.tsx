import type { ReactElement } from "react";
import { Skeleton } from "#ui/skeleton";

const columns = {
  a: ["w", "x", "y", "z"],
  b: ["x", "y", "z"],
  c: ["w", "x", "y", "z"],
  d: ["y", "z"],
  e: ["x", "y", "z"],
};

/** Room for the board, in its final size. */
export function BoardSkeleton(): ReactElement {
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 gap-2.25 overflow-hidden px-3.5 pt-2.5 max-sm:px-4">
      <span className="sr-only">Loading the board</span>
      {Object.entries(columns).map(([column, cards]) => (
        <div
          key={column}
          className="flex min-w-52 flex-1 flex-col gap-1.75 rounded-t-[11px] bg-sunken px-1.75 pt-3.25 max-sm:w-76.5 max-sm:flex-none"
        >
          <Skeleton className="mx-1 mb-8.5 w-2/3" />
          {cards.map((card) => (
            <div key={card} className="flex h-26 flex-col gap-3 rounded-[9px] border bg-surface p-3">
              <Skeleton className="w-1/2" />
              <Skeleton className="w-3/4" />
              <Skeleton className="w-1/3" />
            </div>
          ))}
        </div>
      ))}
      {["won", "lost"].map((closed) => (
        <div key={closed} className="w-9 flex-none rounded-t-[11px] bg-sunken" />
      ))}
    </div>
  );
}
