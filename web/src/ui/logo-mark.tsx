import type { ReactElement } from "react";
import { cx } from "#lib/class-names";
import { colourOf, initialsOf } from "#lib/identity";

const sizes = {
  15: "size-[15px] rounded-xs text-[8px]",
  18: "size-4.5 rounded-[5px] text-[9px]",
  24: "size-6 rounded-sm text-[11px]",
  32: "size-8 rounded-md text-[14px]",
  40: "size-10 rounded-lg text-[17px]",
} as const;

type LogoMarkProps = {
  readonly id: string;
  readonly name: string;
  readonly size?: keyof typeof sizes;
  readonly className?: string | undefined;
};

/** A company's square: a letter on its colour. People have circles. Its name always stands beside it. */
export function LogoMark({ id, name, size = 24, className }: LogoMarkProps): ReactElement {
  return (
    <span
      aria-hidden="true"
      style={{ background: colourOf(id) }}
      // Drawn, not written: the letter is no part of what a control that shows it is called.
      data-initial={initialsOf(name).slice(0, 1)}
      className={cx(
        "inline-grid flex-none place-items-center leading-none font-semibold tracking-[-.02em] text-[#fff] shadow-[inset_0_0_0_1px_rgb(255_255_255/.1)] before:content-[attr(data-initial)]",
        sizes[size],
        className,
      )}
    />
  );
}

/** The organization's own square, in the colour of the product. */
export function OrganizationMark({ name, className }: { name: string; className?: string | undefined }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "grid size-5.5 flex-none place-items-center rounded-sm bg-[linear-gradient(160deg,#0E7C9E,#014A61)] text-[12px] leading-none font-semibold text-[#fff] shadow-[inset_0_0_0_1px_rgb(255_255_255/.12)]",
        className,
      )}
    >
      {initialsOf(name).slice(0, 1)}
    </span>
  );
}

/** The mark of the product: a drop with rising bars. */
export function DropMark({ size = 16 }: { readonly size?: number }): ReactElement {
  return <img src="/favicon.svg" width={size} height={size} alt="" className="flex-none" />;
}
