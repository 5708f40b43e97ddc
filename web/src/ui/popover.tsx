import { Popover as Radix } from "radix-ui";
import { useContext, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { LayerContainer } from "#ui/layer-container";

type PopoverProps = {
  readonly trigger: ReactNode;
  /** What it holds, for screen readers. */
  readonly label: string;
  readonly isOpen?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly align?: "start" | "center" | "end";
  /** As wide as what opens it. */
  readonly isTriggerWide?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A small layer with controls, beside the button that opens it. */
export function Popover(props: PopoverProps): ReactElement {
  const { trigger, label, isOpen, onOpenChange, align = "start", isTriggerWide = false, className, children } = props;
  const container = useContext(LayerContainer);
  return (
    <Radix.Root {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange !== undefined && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={container}>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cx(
            "animate-pop z-(--z-popover) max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-[11px] bg-raised p-3 shadow-[var(--elev-lg),0_0_0_1px_var(--border-default)] outline-none",
            isTriggerWide && "w-(--radix-popover-trigger-width)",
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
