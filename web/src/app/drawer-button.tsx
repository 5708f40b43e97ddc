import { Menu as MenuIcon, PanelLeft } from "lucide-react";
import { useState, type ReactElement } from "react";
import { IconButton } from "#ui/button";
import { lazyLayer } from "#ui/lazy-part";

const Drawer = lazyLayer("The menu", async () => (await import("./drawer.tsx")).Drawer);

/** Opens the sidebar over the page, where there is no room beside it. */
export function DrawerButton({ className }: { readonly className?: string }): ReactElement {
  const { isOpen, open, close } = useDrawer();
  return (
    <>
      <IconButton
        icon={PanelLeft}
        label="Show the navigation"
        className={className}
        aria-haspopup="dialog"
        onClick={open}
      />
      {isOpen && <Drawer onClose={close} />}
    </>
  );
}

/** The same, at the end of the bottom bar of phones. */
export function MoreButton({ className }: { readonly className: string }): ReactElement {
  const { isOpen, open, close } = useDrawer();
  return (
    <>
      <button type="button" aria-haspopup="dialog" className={className} onClick={open}>
        <MenuIcon size={22} aria-hidden="true" />
        More
      </button>
      {isOpen && <Drawer onClose={close} />}
    </>
  );
}

function useDrawer(): { isOpen: boolean; open: () => void; close: () => void } {
  const [isOpen, setIsOpen] = useState(false);
  return {
    isOpen,
    open: () => setIsOpen(true),
    close: () => setIsOpen(false),
  };
}
