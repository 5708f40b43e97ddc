import { createLink, type LinkComponent } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import { useId, type AnchorHTMLAttributes, type ButtonHTMLAttributes, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { ariaKeys } from "#lib/keys";
import { Kbd } from "#ui/kbd";
import { Spinner } from "#ui/spinner";

const tones = {
  primary:
    "border-[color-mix(in_srgb,var(--brand-solid-active)_60%,var(--brand-solid))] bg-brand text-on-brand shadow-[inset_0_1px_0_rgb(255_255_255/.16),var(--elev-xs)] hover:bg-brand-hover active:bg-brand-active",
  secondary: "bg-surface text-default shadow-xs hover:bg-hover active:bg-active [&_svg]:text-subtle",
  ghost: "border-transparent text-muted hover:bg-hover hover:text-default active:bg-active [&_svg]:text-subtle",
  practise:
    "border-transparent bg-practice text-on-status shadow-[inset_0_1px_0_rgb(255_255_255/.18),var(--elev-xs)] hover:bg-[color-mix(in_srgb,var(--practice-solid)_88%,#000)] active:bg-[color-mix(in_srgb,var(--practice-solid)_76%,#000)]",
  danger: "border-transparent bg-danger text-on-status hover:bg-danger-hover active:bg-danger-hover",
};
const sizes = {
  xs: "h-(--control-xs) gap-1 rounded-sm px-1.75 text-xs",
  sm: "h-(--control-sm) rounded-sm px-2.25 text-[12.5px]",
  md: "h-(--control-md) rounded-[7px] px-2.75",
  lg: "h-(--control-lg) rounded-[9px] px-4 text-md",
};
const squares = {
  xs: "w-(--control-xs) px-0",
  sm: "w-(--control-sm) px-0",
  md: "w-(--control-md) px-0",
  lg: "w-(--control-lg) px-0",
};
const off =
  "cursor-not-allowed border-line-subtle bg-sunken text-disabled shadow-none hover:bg-sunken hover:text-disabled active:bg-sunken [&_svg]:text-disabled";

type Look = { readonly tone?: keyof typeof tones | undefined; readonly size?: keyof typeof sizes | undefined };

function look({
  tone = "secondary",
  size = "md",
  shape = "text",
  isOff = false,
}: Look & { readonly shape?: "text" | "icon"; readonly isOff?: boolean }): string {
  return cx(
    "relative inline-flex flex-none select-none items-center justify-center gap-1.5 border font-medium whitespace-nowrap transition-colors duration-(--dur-hover)",
    tones[tone],
    sizes[size],
    shape === "icon" && squares[size],
    isOff && off,
  );
}

type ButtonProps = Look &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> & {
    readonly icon?: LucideIcon;
    /** The key that does the same, shown on the button. Register it with useKey. */
    readonly shortcut?: string;
    /** Shows a spinner and ignores clicks; the width stays. */
    readonly isLoading?: boolean;
    /** Why it cannot be used now: it stays focusable and says so. */
    readonly disabledReason?: string | undefined;
  };

export function Button(props: ButtonProps): ReactElement {
  const { tone, size, icon, shortcut, isLoading = false, disabledReason, className, children, ...rest } = props;
  const reasonId = useId();
  const isOff = disabledReason !== undefined;
  const isInert = isOff || isLoading;
  return (
    <>
      <button
        type="button"
        {...rest}
        className={cx(look({ tone, size, isOff }), className)}
        aria-busy={isLoading || undefined}
        aria-disabled={isInert || undefined}
        aria-describedby={isOff ? reasonId : rest["aria-describedby"]}
        aria-keyshortcuts={shortcut === undefined ? undefined : ariaKeys(shortcut)}
        data-tip={disabledReason}
        onClick={isInert ? (event) => event.preventDefault() : rest.onClick}
      >
        {isLoading && (
          <span className="appears-late absolute inset-0 grid place-items-center">
            <Spinner />
          </span>
        )}
        <span className={cx("inline-flex items-center gap-[inherit]", isLoading && "vanishes-late")}>
          <Content tone={tone} size={size} icon={icon} shortcut={isOff ? undefined : shortcut}>
            {children}
          </Content>
        </span>
      </button>
      {isOff && (
        <span id={reasonId} className="sr-only">
          {disabledReason}
        </span>
      )}
    </>
  );
}

type ContentProps = Look & {
  readonly icon: LucideIcon | undefined;
  readonly shortcut: string | undefined;
  readonly children: ReactNode;
};

function Content({ tone, size, icon: Icon, shortcut, children }: ContentProps): ReactElement {
  const isSolid = tone === "primary" || tone === "practise" || tone === "danger";
  return (
    <>
      {Icon !== undefined && <Icon size={size === "xs" ? 14 : 16} aria-hidden="true" />}
      {children}
      {shortcut !== undefined && (
        <Kbd
          keys={shortcut}
          className={isSolid ? "border-[rgb(255_255_255/.28)] bg-[rgb(0_0_0/.14)] text-on-status" : "-mr-0.5"}
        />
      )}
    </>
  );
}

type IconButtonProps = Omit<ButtonProps, "children" | "icon" | "aria-label"> & {
  readonly icon: LucideIcon;
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  readonly iconSize?: number;
};

export function IconButton(props: IconButtonProps): ReactElement {
  const {
    tone = "ghost",
    size,
    icon: Icon,
    label,
    iconSize = 16,
    shortcut,
    isLoading = false,
    className,
    ...given
  } = props;
  const { disabledReason, ...rest } = given;
  const isInert = isLoading || disabledReason !== undefined;
  return (
    <button
      type="button"
      {...rest}
      className={cx(look({ tone, size, shape: "icon", isOff: disabledReason !== undefined }), className)}
      aria-label={label}
      aria-busy={isLoading || undefined}
      aria-disabled={isInert || undefined}
      aria-keyshortcuts={shortcut === undefined ? undefined : ariaKeys(shortcut)}
      data-tip={disabledReason ?? label}
      data-tip-keys={shortcut}
      onClick={isInert ? (event) => event.preventDefault() : rest.onClick}
    >
      {isLoading ? <Spinner /> : <Icon size={iconSize} aria-hidden="true" />}
    </button>
  );
}

type AnchorProps = Look &
  AnchorHTMLAttributes<HTMLAnchorElement> & {
    readonly icon?: LucideIcon;
    readonly shortcut?: string;
    readonly children?: ReactNode;
  };

function Anchor({ tone, size, icon, shortcut, className, children, ...rest }: AnchorProps): ReactElement {
  return (
    <a {...rest} className={cx(look({ tone, size }), className)}>
      <Content tone={tone} size={size} icon={icon} shortcut={shortcut}>
        {children}
      </Content>
    </a>
  );
}

/** A link that looks like a button: it leads somewhere rather than doing something. */
export const ButtonLink: LinkComponent<typeof Anchor> = createLink(Anchor);
