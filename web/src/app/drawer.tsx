import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactElement } from "react";
import { useUser } from "#lib/session";
import { IconButton } from "#ui/button";
import { Sidebar } from "./sidebar.tsx";

export function Drawer({ onClose }: { readonly onClose: () => void }): ReactElement {
  const user = useUser();
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-fade fixed inset-0 z-(--z-dialog) bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="animate-fade fixed inset-y-0 left-0 z-(--z-dialog) flex w-70 max-w-[calc(100vw-56px)] flex-col bg-canvas shadow-lg outline-none"
        >
          <Dialog.Title className="sr-only">Navigation</Dialog.Title>
          <Sidebar user={user} isRail={false} onNavigate={onClose} className="flex-1" />
          <Dialog.Close asChild>
            <IconButton icon={X} label="Close the navigation" className="absolute top-2.5 right-2" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
