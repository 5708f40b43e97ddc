import { createLink, type LinkComponent } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactElement } from "react";
import { cx } from "#lib/class-names";

const look = "rounded-xs font-medium text-link underline-offset-2 hover:underline";

function Anchor({ className, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>): ReactElement {
  // oxlint-disable-next-line jsx-a11y/anchor-has-content -- the content comes with the props
  return <a {...rest} className={cx(look, className)} />;
}

/** A link in text and in table cells. */
export const TextLink: LinkComponent<typeof Anchor> = createLink(Anchor);

/** Looks like a link and does something on this page. */
export function LinkButton({ className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement>): ReactElement {
  return <button type="button" {...rest} className={cx(look, className)} />;
}
