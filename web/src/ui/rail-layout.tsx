import { useId, useState, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { useMedia } from "#lib/media";
import { TabPanel, Tabs } from "#ui/tabs";

type RailLayoutProps = {
  /** The work itself. */
  readonly children: ReactNode;
  /** Facts and reasons about it. */
  readonly rail: ReactNode;
  /** Names of the two parts, for the tabs they become on narrow screens. */
  readonly mainLabel: string;
  readonly railLabel: string;
  readonly railWidth?: 360 | 376 | 400;
  readonly className?: string;
};

const widths = {
  360: "grid-cols-[minmax(0,1fr)_360px]",
  376: "grid-cols-[minmax(0,1fr)_376px]",
  400: "grid-cols-[minmax(0,1fr)_400px]",
} as const;

/** A page with a right rail. Under 1180 px the rail is a tab beside the work. */
export function RailLayout(props: RailLayoutProps): ReactElement {
  const { children, rail, mainLabel, railLabel, railWidth = 376, className } = props;
  const isNarrow = useMedia("noRail");
  const panelId = useId();
  const [shown, setShown] = useState<"main" | "rail">("main");
  if (!isNarrow) {
    return (
      <div className={cx("grid min-h-0 flex-1", widths[railWidth], className)}>
        <div data-scroll-restoration-id="main" className="scroll-area flex min-h-0 min-w-0 flex-col">
          {children}
        </div>
        <aside
          aria-label={railLabel}
          // Long rails scroll on their own, and must do so by keyboard too.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="scroll-area flex min-h-0 min-w-0 flex-col gap-3 border-l border-line-subtle bg-sunken px-4.5 py-3.5 -outline-offset-2"
        >
          {rail}
        </aside>
      </div>
    );
  }
  return (
    <div className={cx("flex min-h-0 flex-1 flex-col", className)}>
      <Tabs
        label="Parts of this page"
        panelId={panelId}
        tabs={[
          { value: "main", label: mainLabel },
          { value: "rail", label: railLabel },
        ]}
        value={shown}
        onChange={setShown}
        className="flex-none border-b border-line-subtle px-3 max-sm:px-2"
      />
      <TabPanel id={panelId} value={shown} className="scroll-area flex min-h-0 flex-1 flex-col">
        {/* Both stay, so that going back and forth loses nothing. */}
        <div hidden={shown !== "main"} className="flex-col not-[[hidden]]:flex">
          {children}
        </div>
        <div hidden={shown !== "rail"} className="flex-col gap-3 p-4 not-[[hidden]]:flex">
          {rail}
        </div>
      </TabPanel>
    </div>
  );
}
