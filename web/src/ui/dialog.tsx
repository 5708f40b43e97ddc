import { AlertDialog, Dialog as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";
import { returnFocus } from "#lib/focus";
import { Button } from "#ui/button";
import { LayerContainer } from "#ui/layer-container";

const overlay = "animate-fade fixed inset-0 z-(--z-dialog) bg-scrim";
const box =
  "animate-pop fixed top-[18vh] left-1/2 z-(--z-dialog) flex max-h-[72vh] w-[440px] max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col gap-2.5 overflow-y-auto rounded-xl bg-raised px-4.5 pt-4.5 pb-4 shadow-[var(--elev-lg),0_0_0_1px_var(--border-default)] outline-none";

type DialogProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** Under the title: one or two sentences. */
  readonly description?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** Interrupts, so it is rare: lists of keys, and what does not fit beside the page. Create and edit use a Sheet. */
export function Dialog({ isOpen, onClose, title, description, className, children }: DialogProps): ReactElement {
  return (
    <Radix.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={overlay} />
        <Radix.Content
          onCloseAutoFocus={returnFocus}
          className={cx(box, className)}
          {...(description === undefined && { "aria-describedby": undefined })}
        >
          <Radix.Title className="text-[15px] leading-5.5 font-semibold tracking-[-.01em]">{title}</Radix.Title>
          {description !== undefined && <Radix.Description className="text-muted">{description}</Radix.Description>}
          {/* The box scrolls and would cut them off. */}
          <LayerContainer value={null}>{children}</LayerContainer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ConfirmDialogProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** A question: "Delete 3 customers?" */
  readonly title: string;
  /** What follows, and what cannot be taken back. */
  readonly children: ReactNode;
  /** The verb again: "Delete 3". */
  readonly confirmLabel: string;
  readonly isWorking?: boolean;
  readonly onConfirm: () => void;
};

/** Only for what cannot be undone. The focus starts on the safe button. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { isOpen, onClose, title, children, confirmLabel, isWorking = false, onConfirm } = props;
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={overlay} />
        <AlertDialog.Content className={box} onCloseAutoFocus={returnFocus}>
          <AlertDialog.Title className="text-[15px] leading-5.5 font-semibold tracking-[-.01em]">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="text-muted">{children}</div>
          </AlertDialog.Description>
          <div className="mt-1 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button shortcut="escape">Cancel</Button>
            </AlertDialog.Cancel>
            <Button tone="danger" isLoading={isWorking} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
