import { getDocument, GlobalWorkerOptions, PDFWorker, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist";
// oxlint-disable-next-line import/default -- vite answers with the address of the file
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { findText, type TextPiece } from "#lib/find-text";
import { BlankPage, type DocumentMark } from "#ui/document-viewer";

GlobalWorkerOptions.workerSrc = workerUrl;
/** One for all documents: starting it takes longer than reading most of them. */
const worker = new PDFWorker();

type PdfPagesProps = {
  readonly name: string;
  readonly blob: Blob;
  readonly zoom: number;
  readonly turns: number;
  readonly marks: readonly DocumentMark[];
  readonly onText?: (text: string | null) => void;
  readonly onUnreadable: () => void;
};

type Page = { readonly page: PDFPageProxy; readonly pieces: readonly TextPiece[] };

/** Pages of a PDF, drawn, with their text for screen readers and frames around what was looked for. */
export function PdfPages({ name, blob, zoom, turns, marks, onText, onUnreadable }: PdfPagesProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState<readonly Page[] | null>(null);
  const [width, setWidth] = useState(0);
  const tell = useRef({ onText, onUnreadable });
  useEffect(() => {
    tell.current = { onText, onUnreadable };
  });

  useEffect(() => {
    let isGone = false;
    const opening = open(blob);
    const read = async (): Promise<void> => {
      const { document } = await opening;
      const all = await Promise.all(Array.from({ length: document.numPages }, (_, at) => readPage(document, at + 1)));
      if (isGone) return;
      setPages(all);
      const text = all.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join("\n");
      tell.current.onText?.(text.trim() === "" ? null : text);
    };
    read().catch(() => {
      if (!isGone) tell.current.onUnreadable();
    });
    return () => {
      isGone = true;
      void opening.then(({ close }) => close()).catch(() => undefined);
    };
  }, [blob]);

  useEffect(() => {
    if (box.current === null) return undefined;
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);

  return (
    <div ref={box} className="flex flex-col gap-4 overflow-x-auto">
      {pages === null || width === 0 ? (
        <BlankPage />
      ) : (
        pages.map((page, at) => (
          <PageView
            key={page.page.pageNumber}
            {...page}
            label={`${name}, page ${at + 1} of ${pages.length}`}
            width={Math.min(width, 640) * zoom}
            turns={turns}
            marks={marks}
          />
        ))
      )}
    </div>
  );
}

async function open(blob: Blob): Promise<{ readonly document: PDFDocumentProxy; readonly close: () => Promise<void> }> {
  // Without WebAssembly: the content security policy lets nothing be compiled.
  const task = getDocument({ data: await blob.arrayBuffer(), useWasm: false, worker });
  return { document: await task.promise, close: () => task.destroy() };
}

async function readPage(document: PDFDocumentProxy, number: number): Promise<Page> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  const pieces = items.flatMap((item): TextPiece[] => {
    if (!("str" in item)) return [];
    const [, , , , x = 0, y = 0] = item.transform as readonly number[];
    return [{ text: item.str, x, y, width: item.width, height: item.height }];
  });
  return { page, pieces };
}

type PageViewProps = Page & {
  readonly label: string;
  /** Of the upright page, in CSS pixels. */
  readonly width: number;
  readonly turns: number;
  readonly marks: readonly DocumentMark[];
};

function PageView({ page, pieces, label, width, turns, marks }: PageViewProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);
  const scale = width / page.getViewport({ scale: 1 }).width;
  const viewport = page.getViewport({ scale, rotation: (page.rotate + turns * 90) % 360 });

  useEffect(() => {
    if (canvas.current === null) return undefined;
    const sharp = page.getViewport({ scale: scale * devicePixelRatio, rotation: (page.rotate + turns * 90) % 360 });
    canvas.current.width = Math.floor(sharp.width);
    canvas.current.height = Math.floor(sharp.height);
    const drawing = page.render({ canvas: canvas.current, viewport: sharp });
    drawing.promise.then(
      () => setIsDrawn(true),
      // Cancelled by the next one.
      () => undefined,
    );
    return () => drawing.cancel();
  }, [page, scale, turns]);

  return (
    <div
      className="relative mx-auto flex-none bg-[#fff] shadow-sm"
      style={{ width: viewport.width, height: viewport.height }}
    >
      <canvas
        ref={canvas}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn here, not fetched
        role="img"
        aria-label={label}
        data-drawn={isDrawn ? "" : undefined}
        className="block size-full"
      />
      <p className="sr-only">{pieces.map(({ text }) => text).join(" ")}</p>
      {marks.map(({ id, number, writings }) => {
        const found = findText(pieces, writings);
        return (
          found !== null && (
            <Frame
              key={id}
              number={number}
              box={[
                ...viewport.convertToViewportPoint(found[0], found[1]),
                ...viewport.convertToViewportPoint(found[2], found[3]),
              ]}
            />
          )
        );
      })}
    </div>
  );
}

/** The same number stands beside what was recorded. */
function Frame({ number, box }: { readonly number: number; readonly box: readonly number[] }): ReactElement {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box;
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute rounded-[5px] border-2 border-[#16a34a] bg-[rgb(34_197_94/.14)]"
      style={{
        left: Math.min(x1, x2) - 4,
        top: Math.min(y1, y2) - 3,
        width: Math.abs(x2 - x1) + 8,
        height: Math.abs(y2 - y1) + 6,
      }}
    >
      <span className="tnum absolute -top-3 -right-3.5 grid size-4.5 place-items-center rounded-full bg-[#15603a] text-[11px] leading-none font-semibold text-[#fff]">
        {number}
      </span>
    </span>
  );
}
