import { Dialog } from "radix-ui";
import { useEffect, type ReactElement } from "react";
import { returnFocus } from "#lib/focus";
import { closePalette, usePalette } from "#lib/commands";
import { loadFeatureCommands } from "./feature-commands.ts";
import { PaletteSearch } from "./palette-search.tsx";

/** Reaches everything by a few letters. Opens by Ctrl or Cmd K, by /, and by the search field. */
export function CommandPalette(): ReactElement {
  const state = usePalette();
  useEffect(() => void loadFeatureCommands(), []);
  return (
    <Dialog.Root open={state.kind === "open"} onOpenChange={(isOpen) => !isOpen && closePalette()}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-fade fixed inset-0 z-(--z-command) bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="animate-pop fixed top-[min(108px,12vh)] left-1/2 z-(--z-command) flex max-h-[min(640px,80vh)] w-[676px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden rounded-[16px] bg-raised shadow-[var(--elev-lg),0_0_0_1px_var(--border-default)] outline-none max-sm:inset-0 max-sm:max-h-none max-sm:w-full max-sm:max-w-none max-sm:translate-x-0 max-sm:rounded-none"
        >
          <Dialog.Title className="sr-only">
            {state.kind === "open" && state.show === "create" ? "Add" : "Search or jump to"}
          </Dialog.Title>
          {state.kind === "open" && <PaletteSearch show={state.show} start={state.text} hasKeys={state.hasKeys} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
