import { Download, FileQuestion, RotateCw, ZoomIn, ZoomOut } from "lucide-react";
import { Suspense, useEffect, useRef, useState, type KeyboardEvent, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { Button, IconButton } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { lazyPart } from "#ui/lazy-part";
import { Skeleton } from "#ui/skeleton";
import type { PdfPages as PdfPagesPart } from "./pdf-pages.tsx";

/** Something that is looked for in the text of a document, to be framed and numbered where it stands. */
export type DocumentMark = {
  readonly id: string;
  readonly number: number;
  /** The ways it may be written. */
  readonly writings: readonly string[];
};

type DocumentViewerProps = {
  readonly name: string;
  /** Media type found in the content. */
  readonly type: string;
  /** Null until it is here. */
  readonly blob: Blob | null;
  readonly url: string | null;
  readonly marks?: readonly DocumentMark[];
  readonly onDownload: () => void;
  /** Its whole text, null where it has none: photographs and scans. */
  readonly onText?: (text: string | null) => void;
  /** The page around it scrolls, not the document on its own. */
  readonly isInline?: boolean;
  /** It was scrolled through, or is short enough to be seen at once. */
  readonly onReadToEnd?: () => void;
};

const fetchPdfPages = async (): Promise<typeof PdfPagesPart> => (await import("./pdf-pages.tsx")).PdfPages;
// As heavy as three applications: for those who look at a document.
const PdfPages = lazyPart("The document", fetchPdfPages, "never");

const zooms = [50, 75, 100, 125, 150, 200, 300] as const;
const fit = 2;

/** A document on white paper. Plus and minus zoom, R turns it, while it has the focus; arrows and pages scroll. */
export function DocumentViewer(props: DocumentViewerProps): ReactElement {
  const { name, type, blob, url, marks = [], isInline = false, onDownload, onText, onReadToEnd } = props;
  const [zoomAt, setZoomAt] = useState<number>(fit);
  const [turns, setTurns] = useState(0);
  const [isUnreadable, setIsUnreadable] = useState(false);
  const percent = zooms[zoomAt] ?? 100;
  const isPdf = type === "application/pdf";
  // While the document itself is on its way.
  useEffect(() => {
    if (isPdf) fetchPdfPages().catch(() => undefined);
  }, [isPdf]);
  const zoomBy = (by: number): void => setZoomAt((at) => Math.max(0, Math.min(zooms.length - 1, at + by)));
  const turn = (): void => setTurns((before) => (before + 1) % 4);
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = {
      "+": () => zoomBy(1),
      "=": () => zoomBy(1),
      "-": () => zoomBy(-1),
      "0": () => setZoomAt(fit),
      r: turn,
    }[event.key.toLowerCase()];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    // R rejects elsewhere on the page.
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const onUnreadable = (): void => {
    setIsUnreadable(true);
    onText?.(null);
  };
  const paper = {
    zoom: percent / 100,
    turns,
    onUnreadable,
    ...(onText !== undefined && { onText }),
  };
  return (
    <>
      <div className="flex h-10.5 flex-none items-center gap-1 border-b border-line-subtle bg-surface pr-2 pl-4">
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        <IconButton icon={ZoomOut} size="sm" label="Zoom out" onClick={() => zoomBy(-1)} />
        <output className="tnum w-10 text-center text-xs text-muted" aria-label="Zoom">
          {percent}%
        </output>
        <IconButton icon={ZoomIn} size="sm" label="Zoom in" onClick={() => zoomBy(1)} />
        <IconButton icon={RotateCw} size="sm" label="Turn by a quarter" onClick={turn} />
        <IconButton icon={Download} size="sm" label="Download" onClick={onDownload} />
      </div>
      <Paper name={name} isInline={isInline} onKeyDown={onKeyDown} isReady={blob !== null} onReadToEnd={onReadToEnd}>
        {isUnreadable ? (
          <div data-drawn="">
            <EmptyState
              icon={FileQuestion}
              title="This file cannot be shown here"
              actions={<Button onClick={onDownload}>Download</Button>}
            >
              Download it to read it with another program.
            </EmptyState>
          </div>
        ) : blob === null || url === null ? (
          <BlankPage />
        ) : isPdf ? (
          <Suspense fallback={<BlankPage />}>
            <PdfPages name={name} blob={blob} marks={marks} {...paper} />
          </Suspense>
        ) : (
          <Picture name={name} url={url} {...paper} />
        )}
      </Paper>
    </>
  );
}

type PaperProps = {
  readonly name: string;
  readonly isInline: boolean;
  readonly isReady: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onReadToEnd: (() => void) | undefined;
  readonly children: ReactNode;
};

/** The desk the pages lie on. Says when its end was seen. */
function Paper({ name, isInline, isReady, onKeyDown, onReadToEnd, children }: PaperProps): ReactElement {
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(onReadToEnd);
  useEffect(() => {
    latest.current = onReadToEnd;
  });
  useEffect(() => {
    if (end.current === null || !isReady) return undefined;
    const watcher = new IntersectionObserver(([entry]) => {
      // Before the pages are drawn the end lies at the top.
      const isDrawn = entry?.target.previousElementSibling?.querySelector("[data-drawn]") != null;
      if (entry?.isIntersecting === true && isDrawn) latest.current?.();
    });
    const target = end.current;
    watcher.observe(target);
    // What was drawn meanwhile does not move the end in or out of sight by itself.
    const redrawn = new MutationObserver(() => {
      watcher.unobserve(target);
      watcher.observe(target);
    });
    if (target.previousElementSibling !== null) {
      redrawn.observe(target.previousElementSibling, { subtree: true, attributeFilter: ["data-drawn"] });
    }
    return () => {
      watcher.disconnect();
      redrawn.disconnect();
    };
  }, [isReady]);
  return (
    // Scrolls, and has keys of its own.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label={name}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      className={cx("relative bg-sunken p-5 -outline-offset-2 max-sm:p-4", !isInline && "scroll-area min-h-0 flex-1")}
    >
      <div className="flex flex-col gap-4">{children}</div>
      <div ref={end} className="h-px" />
    </section>
  );
}

/** The size of a page, while it is on its way. */
export function BlankPage(): ReactElement {
  return (
    <div className="mx-auto flex aspect-[595/842] w-full max-w-160 flex-col gap-4 rounded-xs bg-[#fff] p-10 shadow-sm">
      <Skeleton className="h-4 w-1/3" />
      <Skeleton className="w-2/3" />
      <Skeleton className="w-1/2" />
    </div>
  );
}

type PictureProps = {
  readonly name: string;
  readonly url: string;
  readonly zoom: number;
  readonly turns: number;
  readonly onText?: (text: string | null) => void;
  readonly onUnreadable: () => void;
};

function Picture({ name, url, zoom, turns, onText, onUnreadable }: PictureProps): ReactElement {
  // Width to height; null until it is known.
  const [ratio, setRatio] = useState<number | null>(null);
  const shape = ratio ?? 1;
  const isOnItsSide = turns % 2 === 1;
  return (
    <div className="overflow-x-auto">
      <div
        style={{
          width: `${zoom * 100}%`,
          maxWidth: zoom <= 1 ? `${zoom * 640}px` : "none",
          aspectRatio: isOnItsSide ? 1 / shape : shape,
        }}
        className="relative mx-auto bg-[#fff] shadow-sm"
      >
        <img
          src={url}
          alt={name}
          data-drawn={ratio === null ? undefined : ""}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
            setRatio(naturalWidth / naturalHeight);
            onText?.(null);
          }}
          onError={onUnreadable}
          // Turned by a quarter, its height is as wide as the box.
          style={{ width: isOnItsSide ? `${shape * 100}%` : "100%", rotate: `${turns * 90}deg` }}
          className="absolute top-1/2 left-1/2 max-w-none -translate-1/2"
        />
      </div>
    </div>
  );
}
