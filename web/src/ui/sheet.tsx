import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { returnFocus } from "#lib/focus";
import { Button, IconButton } from "#ui/button";
import { LayerContainer } from "#ui/layer-container";

type SheetProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Beside the title, small. */
  readonly context?: ReactNode;
  /** The form inside: Ctrl or Cmd with Enter sends it from anywhere in the sheet. */
  readonly form?: HTMLFormElement | null;
  /** Closing asks first while there is something unsaved. */
  readonly isDirty?: boolean;
  /** Buttons at the bottom, the primary one last. A submit button outside its form names it by `form`. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
};

/** Slides over the page to create or edit. Full height on phones. */
export function Sheet(props: SheetProps): ReactElement {
  const { isOpen, onClose, title, context, form, isDirty = false, footer, children } = props;
  const [asksToDiscard, setAsksToDiscard] = useState(false);
  const [content, setContent] = useState<HTMLElement | null>(null);
  const close = (): void => {
    setAsksToDiscard(false);
    onClose();
  };
  const tryToClose = (): void => (isDirty && !asksToDiscard ? setAsksToDiscard(true) : close());
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // After the field has settled what is typed in it: Enter does that in this same event.
    setTimeout(() => form?.requestSubmit());
  };
  return (
    <Radix.Root open={isOpen} onOpenChange={(next) => !next && tryToClose()}>
      <Radix.Portal>
        <Radix.Overlay className="animate-fade fixed inset-0 z-(--z-dialog) max-sm:bg-scrim" />
        <Radix.Content
          ref={setContent}
          aria-describedby={undefined}
          onOpenAutoFocus={startInForm}
          onCloseAutoFocus={returnFocus}
          onInteractOutside={stayForToasts}
          onKeyDown={onKeyDown}
          className="animate-panel fixed inset-y-2 right-2 z-(--z-dialog) flex w-[486px] max-w-[calc(100vw-16px)] flex-col rounded-r-[13px] border border-r-0 bg-raised shadow-lg outline-none max-sm:inset-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-none max-sm:border-0"
        >
          <header className="flex min-h-(--pagehead) flex-none items-center gap-2 border-b border-line-subtle pr-3 pl-5 max-sm:pl-4">
            <Radix.Title className="text-[15px] leading-5.5 font-semibold tracking-[-.01em]">{title}</Radix.Title>
            {context !== undefined && <span className="truncate text-xs text-subtle">{context}</span>}
            <Radix.Close asChild>
              <IconButton icon={X} label="Close" size="sm" className="ml-auto" />
            </Radix.Close>
          </header>
          <LayerContainer value={content}>
            <div className="scroll-area flex min-h-0 flex-1 flex-col gap-4 px-5 py-4 max-sm:px-4">{children}</div>
          </LayerContainer>
          {asksToDiscard ? (
            <SheetFooter>
              <p role="alert" className="mr-auto">
                Discard what you changed?
              </p>
              {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the question has just replaced what had the focus */}
              <Button autoFocus onClick={() => setAsksToDiscard(false)}>
                Keep editing
              </Button>
              <Button tone="danger" onClick={close}>
                Discard
              </Button>
            </SheetFooter>
          ) : (
            footer !== undefined && <SheetFooter>{footer}</SheetFooter>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A sheet with a form is opened to type into it: not on the button that closes it. */
function startInForm(event: Event): void {
  const fields =
    "form :is(input, textarea, select):not([disabled], [readonly], [type=file], [type=radio], [tabindex='-1'])";
  const field = event.target instanceof Element ? event.target.querySelector<HTMLElement>(fields) : null;
  if (field === null) return;
  event.preventDefault();
  field.focus();
}

/** Undo in a toast is no click away from the sheet. */
function stayForToasts(event: Event): void {
  if (event.target instanceof Element && event.target.closest("[data-toasts]") !== null) event.preventDefault();
}

function SheetFooter({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <footer className="flex flex-none items-center justify-end gap-2 border-t border-line-subtle py-3 pr-4 pl-5 max-sm:pb-[calc(12px+env(safe-area-inset-bottom))] max-sm:pl-4">
      {children}
    </footer>
  );
}
