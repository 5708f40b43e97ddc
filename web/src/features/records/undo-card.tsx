import { redoImport, undoImport, type Import } from "@rainmaker/contracts/records/imports";
import { Redo2, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { formatCount, formatCountOf, formatLeft } from "#lib/format";
import { useIntentKey } from "#lib/intent-key";
import { useIsOffline } from "#lib/offline";
import { notifyFailure } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Badge } from "#ui/badge";
import { Button, ButtonLink } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { pluralOf } from "./import-words.ts";
import { rememberImport } from "./use-import.ts";

/** Undo is offered rather than confirmed: it can be undone itself. */
export function UndoCard({ imported }: { readonly imported: Import }): ReactElement {
  const left = imported.undoUntil === null ? "over" : formatLeft(imported.undoUntil);
  const isOver = left === "over";
  const end = !isOver && <Badge tone="warning">{left}</Badge>;
  if (imported.status === "undone") {
    return (
      <Card>
        <CardHead title="This import was undone" end={end} />
        <Undone imported={imported} />
        <CardBody className="flex flex-wrap gap-2 pt-3">
          <RevertButton imported={imported} isOver={isOver} />
          {imported.entity !== "product" && (
            <ButtonLink to="/trash" search={{ tab: imported.entity }} size="sm">
              Open the trash
            </ButtonLink>
          )}
        </CardBody>
      </Card>
    );
  }
  const { counts, entity } = imported;
  return (
    <Card className={isOver ? undefined : "border-warning-line"}>
      <CardHead title="Undo this import" end={end} />
      <Lines
        lines={[
          [
            entity === "product" ? "Created products are removed" : `Created ${pluralOf(entity)} go to the trash`,
            counts.created,
          ],
          ["Updated ones get their former values", counts.updated],
        ]}
      />
      <CardBody className="flex flex-col gap-3 pt-3">
        <p className="text-xs text-subtle">
          What somebody has changed since stays as it is, and so does what a deal or an opportunity hangs on. You see
          which, and can do the import again.
        </p>
        <RevertButton imported={imported} isOver={isOver} />
      </CardBody>
    </Card>
  );
}

function Undone({ imported: { undo, entity } }: { readonly imported: Import }): ReactElement {
  const { removed = 0, restored = 0, kept = 0 } = undo ?? {};
  const gone = entity === "product" ? "Products removed" : `${capital(pluralOf(entity))} moved to the trash`;
  return (
    <Lines
      lines={[
        [gone, removed],
        ["Got their former values", restored],
        ["Stay as they are", kept],
      ]}
    />
  );
}

type RevertProps = { readonly imported: Import; readonly isOver: boolean };

/** Undo, or once that is done its opposite. */
function RevertButton({ imported, isOver }: RevertProps): ReactElement {
  const isUndone = imported.status === "undone";
  const revert = useCall(isUndone ? redoImport : undoImport, ["import"]);
  const intentKey = useIntentKey();
  const isOffline = useIsOffline();
  const run = async (): Promise<void> => {
    try {
      const idempotencyKey = intentKey([imported.id, imported.version]);
      rememberImport(await revert.mutateAsync({ params: { importId: imported.id }, idempotencyKey }));
    } catch (error) {
      notifyFailure(isUndone ? "It stays undone" : "The import stays", error);
    }
  };
  const rows = imported.counts.created + imported.counts.updated;
  return (
    <Button
      size={isUndone ? "sm" : undefined}
      icon={isUndone ? Redo2 : Undo2}
      className="self-start"
      isLoading={revert.isPending}
      disabledReason={whyNot(rows, isOver, isOffline)}
      onClick={() => void run()}
    >
      {isUndone ? "Do it again" : `Undo ${formatCountOf(rows, "row")}`}
    </Button>
  );
}

function whyNot(rows: number, isOver: boolean, isOffline: boolean): string | undefined {
  if (rows === 0) return "Nothing was written";
  if (isOver) return "An import can be undone for 30 days";
  return isOffline ? "You are offline: undoing needs the network" : undefined;
}

function Lines({ lines }: { readonly lines: readonly (readonly [string, number])[] }): ReactElement {
  return (
    <dl className="border-t border-line-subtle">
      {lines.map(([label, count]) => (
        <div key={label} className="flex gap-3 border-b border-line-subtle px-4 py-2.5">
          <dt className="flex-1">{label}</dt>
          <dd className="tnum font-medium">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
