import type { ReactElement, ReactNode } from "react";
import { cx } from "#lib/class-names";

type CardProps = { readonly className?: string | undefined; readonly isFlat?: boolean; readonly children: ReactNode };

/** A thing that stands alone. Lists and text need no box. */
export function Card({ className, isFlat = false, children }: CardProps): ReactElement {
  return (
    <section
      className={cx(
        "min-w-0 overflow-clip rounded-lg border",
        isFlat ? "border-line-subtle bg-sunken" : "bg-surface",
        className,
      )}
    >
      {children}
    </section>
  );
}

type CardHeadProps = {
  readonly title: ReactNode;
  /** Right of the title: a count, a badge. */
  readonly context?: ReactNode;
  /** At the far end: a figure, a small button. */
  readonly end?: ReactNode;
  readonly level?: 2 | 3;
};

export function CardHead({ title, context, end, level = 2 }: CardHeadProps): ReactElement {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <header className="flex min-h-11 items-center gap-2 pr-3 pl-4">
      <Heading className="text-[13.5px] leading-5 font-semibold tracking-[-.006em]">{title}</Heading>
      {context !== undefined && <span className="text-subtle max-sm:text-xs">{context}</span>}
      {end !== undefined && <span className="ml-auto flex items-center gap-2 text-subtle">{end}</span>}
    </header>
  );
}

export function CardBody({
  className,
  children,
}: {
  className?: string | undefined;
  children: ReactNode;
}): ReactElement {
  return <div className={cx("px-4 pb-4", className)}>{children}</div>;
}
