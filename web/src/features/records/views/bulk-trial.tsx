import { mostDeletedUncounted, type BulkAction } from "@rainmaker/contracts/records/bulk";
import type { Filter } from "@rainmaker/contracts/records/filters";
import type { ViewEntity } from "@rainmaker/contracts/records/views";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { formatCount } from "#lib/format";
import { Button } from "#ui/button";
import { Dialog } from "#ui/dialog";
import { QueryView } from "#ui/query-view";
import { SkeletonLines } from "#ui/skeleton";
import { TextField } from "#ui/text-field";
import { countWords, nounsOf, tryOut, type Trial } from "./use-bulk.ts";

type BulkTrialProps = {
  readonly entity: ViewEntity;
  readonly filter: Filter;
  readonly action: BulkAction;
  readonly onClose: () => void;
  /** @param count how many somebody typed that they mean */
  readonly onRun: (count: number) => void;
};

/** What a change would do, tried out by the server, before it is done. */
export function BulkTrial({ entity, filter, action, onClose, onRun }: BulkTrialProps): ReactElement {
  const trial = useQuery({
    queryKey: ["bulk-trial", entity, filter, action],
    queryFn: () => tryOut(entity, filter, action),
    // Asked anew each time: it is about this moment.
    gcTime: 0,
    staleTime: 0,
  });
  const [typed, setTyped] = useState("");
  const { total, changed } = trial.data ?? { total: 0, changed: 0 };
  const isDeletion = action.kind === "delete";
  const isTyped = isDeletion && total > mostDeletedUncounted;
  const isReady = changed > 0 && (!isTyped || typed.trim() === String(total));
  const verb = isDeletion ? "Delete" : "Change";
  return (
    <Dialog isOpen onClose={onClose} title={`${verb} these ${nounsOf(entity)}?`}>
      <QueryView query={trial} what="The dry run" skeleton={<SkeletonLines />}>
        {(found) => <Found entity={entity} trial={found} />}
      </QueryView>
      {isTyped && (
        <TextField label={`Type ${total} to delete as many`} value={typed} onChange={setTyped} maxLength={10} />
      )}
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          tone={isDeletion ? "danger" : "primary"}
          disabledReason={isReady ? undefined : "There is nothing to do yet"}
          onClick={() => onRun(total)}
        >
          {trial.data === undefined ? verb : `${verb} ${formatCount(total)}`}
        </Button>
      </div>
    </Dialog>
  );
}

function Found({ entity, trial }: { readonly entity: ViewEntity; readonly trial: Trial }): ReactElement {
  const { total, tried, changed, unchanged, refused, refusals, refusedRecords } = trial;
  return (
    <div className="flex flex-col gap-1.5 text-muted">
      <p>
        {countWords(entity, total)} selected.
        {tried < total && ` The first ${formatCount(tried)} were tried out:`} {formatCount(changed)} would change
        {unchanged > 0 && `, ${formatCount(unchanged)} are like that already`}
        {refused > 0 && `, ${formatCount(refused)} would be refused:`}
        {refused === 0 && "."}
      </p>
      {refusals.length > 0 && (
        <ul className="list-disc pl-5">
          {refusals.map(({ code, message, rows }) => (
            <li key={code}>
              {formatCount(rows)}: {message}
            </li>
          ))}
        </ul>
      )}
      {refusedRecords.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer rounded-xs">Which ones</summary>
          <ul className="scroll-area mt-1 max-h-40 overflow-y-auto pl-5">
            {refusedRecords.map(({ id, number, title }) => (
              <li key={id} className="truncate">
                {title} <span className="tnum text-subtle">{number}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p>Undo stays possible for 30 days; what somebody changes meanwhile is kept.</p>
    </div>
  );
}
