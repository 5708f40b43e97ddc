import type { ShareableEntity } from "@rainmaker/contracts/records/sharing";
import { UserRoundPlus } from "lucide-react";
import { lazy, Suspense, useState, type ReactElement } from "react";
import { IconButton } from "#ui/button";

// Few records are shared: the sheet is fetched when it is first asked for.
const ShareSheet = lazy(async () => ({ default: (await import("./share-sheet.tsx")).ShareSheet }));

type ShareButtonProps = { readonly entity: ShareableEntity; readonly recordId: string; readonly name: string };

/** Opens who sees a record and why, and whom it is shared with. */
export function ShareButton({ entity, recordId, name }: ShareButtonProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <IconButton
        icon={UserRoundPlus}
        tone="secondary"
        size="sm"
        label="Share, and who sees this"
        onClick={() => setIsOpen(true)}
      />
      {isOpen && (
        <Suspense>
          <ShareSheet entity={entity} recordId={recordId} name={name} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
