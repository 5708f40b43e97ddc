import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { createContext, useContext, useEffect, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { ButtonLink } from "#ui/button";

type Crumb = { readonly label: string; readonly to: string };

type PageHeadProps = {
  /** The one h1 of the page and the title of the window. */
  readonly title: string;
  /** Where it belongs, before the title: "Commissions". On phones the last one is the way back. */
  readonly crumbs?: readonly Crumb[];
  /** After the title: counts, badges, a pager. */
  readonly context?: ReactNode;
  /** At the right, the primary one last. Not on phones: see `phoneActions` and PhoneDock. */
  readonly actions?: ReactNode;
  /** Icon buttons that stay on phones. */
  readonly phoneActions?: ReactNode;
  /** The title is shown by the page itself, larger; here it is for screen readers and the window only. */
  readonly isTitleHidden?: boolean;
};

type Slots = { readonly start?: ReactNode; readonly end?: ReactNode };

/** What the shell puts around every page's title on phones: search, the person. */
export const PhoneSlots = createContext<Slots>({});

export const pageTitleId = "page-title";

export function PageHead(props: PageHeadProps): ReactElement {
  const { title, crumbs = [], context, actions, phoneActions, isTitleHidden = false } = props;
  const slots = useContext(PhoneSlots);
  const back = crumbs.at(-1);
  useEffect(() => {
    document.title = `${title} · Rainmaker`;
  }, [title]);
  return (
    <header className="flex min-h-(--pagehead) flex-none items-center gap-2.5 border-b border-line-subtle pr-3.5 pl-5 max-sm:min-h-16 max-sm:border-b-0 max-sm:px-4 max-sm:pt-2">
      {slots.start}
      {back !== undefined && (
        <ButtonLink to={back.to} aria-label={`Back to ${back.label}`} className="size-10 rounded-xl px-0 sm:hidden">
          <ChevronLeft size={16} aria-hidden="true" />
        </ButtonLink>
      )}
      {crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
      <div className="flex min-w-0 items-center gap-2.5 max-sm:flex-1 max-sm:flex-col max-sm:items-start max-sm:gap-0">
        <h1
          id={pageTitleId}
          tabIndex={-1}
          className={cx(
            "max-w-full truncate text-[15px] leading-5.5 font-semibold tracking-[-.01em] max-sm:text-xl max-sm:leading-6.5",
            isTitleHidden && "sm:sr-only",
          )}
        >
          {title}
        </h1>
        {context !== undefined && (
          <span className="tnum flex items-center gap-2 text-subtle max-sm:text-xs">{context}</span>
        )}
      </div>
      {actions !== undefined && <div className="ml-auto flex items-center gap-2 max-sm:hidden">{actions}</div>}
      <div className="ml-auto flex items-center gap-2 sm:hidden">
        {phoneActions}
        {slots.end}
      </div>
    </header>
  );
}

function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }): ReactElement {
  return (
    <nav aria-label="Breadcrumb" className="max-sm:hidden">
      <ol className="flex items-center gap-1.5 whitespace-nowrap text-subtle">
        {crumbs.map(({ label, to }) => (
          <li key={to} className="flex items-center gap-1.5">
            <Link to={to} className="rounded-xs hover:text-default">
              {label}
            </Link>
            <ChevronRight size={12} aria-hidden="true" />
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Under the head: tabs or saved views left, filters right. */
export function Toolbar({
  className,
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div
      className={cx(
        "flex min-h-11.5 flex-none items-center gap-2 overflow-x-auto border-b border-line-subtle pr-3.5 pl-5 [scrollbar-width:none] max-sm:px-4",
        className,
      )}
    >
      {children}
    </div>
  );
}

type PageBodyProps = { readonly className?: string; readonly isPadded?: boolean; readonly children: ReactNode };

/** The part of a page that scrolls. Coming back restores where it was. */
export function PageBody({ className, isPadded = true, children }: PageBodyProps): ReactElement {
  return (
    <div
      data-scroll-restoration-id="page"
      className={cx("scroll-area min-h-0 flex-1", isPadded && "p-5 max-sm:p-4", className)}
    >
      {children}
    </div>
  );
}

/** The page's primary actions on phones, above the bottom bar. */
export function PhoneDock({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="grid flex-none auto-cols-fr grid-flow-col gap-2.5 border-t border-line-subtle bg-surface px-4 py-2.5 sm:hidden [&>*]:h-11.5">
      {children}
    </div>
  );
}
