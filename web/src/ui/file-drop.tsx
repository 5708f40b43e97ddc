import { FileText, FileUp, Trash2 } from "lucide-react";
import { useId, useRef, useState, type ClipboardEvent, type DragEvent, type ReactElement, type ReactNode } from "react";
import { cx } from "#lib/class-names";
import { formatSize } from "#lib/format";
import { Button, IconButton } from "#ui/button";
import { Spinner } from "#ui/spinner";

type DroppedFile = {
  readonly name: string;
  readonly size: number;
  /** chosen: here, and sent later with the rest. */
  readonly state: "chosen" | "uploading" | "done" | "failed";
  /** Why it failed. */
  readonly error?: string;
  /** It was handed over and stays. */
  readonly isFixed?: boolean;
};

type FileDropProps = {
  readonly label: string;
  /** What fits: "PDF, PNG or JPEG, up to 10 MB". */
  readonly hint: ReactNode;
  /** As in the accept attribute: ".csv,text/csv". */
  readonly accept: string;
  readonly maxBytes: number;
  readonly onFile: (file: File) => void;
  readonly files?: readonly DroppedFile[];
  readonly onRemove?: (name: string) => void;
  readonly error?: string | undefined;
};

/** A place for a file: dropped, pasted, or chosen by the button. Type and size are checked before it is sent. */
export function FileDrop(props: FileDropProps): ReactElement {
  const { label, hint, accept, maxBytes, onFile, files = [], onRemove, error } = props;
  const input = useRef<HTMLInputElement>(null);
  const noteId = useId();
  const [isOver, setIsOver] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const wrong = refusal ?? error;

  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    const why = whyNot(file, accept, maxBytes);
    setRefusal(why);
    if (why === undefined) onFile(file);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };
  const onPaste = (event: ClipboardEvent): void => take(event.clipboardData.files[0]);

  return (
    <div className="flex flex-col gap-2">
      {/* Dropping and pasting have the button as their equal. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset cannot be laid out like this everywhere
        role="group"
        aria-label={label}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        onPaste={onPaste}
        className={cx(
          "flex flex-col items-center gap-2 rounded-[11px] border border-dashed border-line-strong p-5 text-center",
          isOver && "border-brand-line bg-brand-soft",
          wrong !== undefined && "border-danger",
        )}
      >
        <FileUp size={20} aria-hidden="true" className="text-subtle" />
        <p className="text-muted">{label}</p>
        <Button size="sm" aria-describedby={noteId} onClick={() => input.current?.click()}>
          Choose a file
        </Button>
        <input
          ref={input}
          type="file"
          accept={accept}
          tabIndex={-1}
          aria-hidden="true"
          className="hidden"
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <p
          id={noteId}
          role={wrong === undefined ? undefined : "alert"}
          className={cx("text-xs text-subtle", wrong !== undefined && "text-danger-fg")}
        >
          {wrong ?? hint}
        </p>
      </div>
      {files.length > 0 && (
        <ul className="flex flex-col gap-2">
          {files.map((file) => (
            <FileRow key={file.name} file={file} onRemove={onRemove} />
          ))}
        </ul>
      )}
    </div>
  );
}

const stateWords = { chosen: "", uploading: "uploading", done: "uploaded" } as const;

function FileRow({ file, onRemove }: { file: DroppedFile; onRemove: FileDropProps["onRemove"] }): ReactElement {
  return (
    <li className="flex items-center gap-3 rounded-[11px] border py-2.5 pr-2.5 pl-3">
      <FileText size={20} aria-hidden="true" className="text-subtle" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{file.name}</span>
        <span className={cx("block text-xs", file.state === "failed" ? "text-danger-fg" : "text-subtle")}>
          {file.state === "failed"
            ? file.error
            : [formatSize(file.size), stateWords[file.state]].filter(Boolean).join(", ")}
        </span>
      </span>
      {file.state === "uploading" && <Spinner className="text-subtle" />}
      {onRemove !== undefined && file.isFixed !== true && (
        <IconButton icon={Trash2} label={`Remove ${file.name}`} size="sm" onClick={() => onRemove(file.name)} />
      )}
    </li>
  );
}

function whyNot(file: File, accept: string, maxBytes: number): string | undefined {
  if (file.size > maxBytes) return `${file.name} is ${formatSize(file.size)}; at most ${formatSize(maxBytes)} fit.`;
  if (file.size === 0) return `${file.name} is empty.`;
  const fits = accept
    .split(",")
    .map((kind) => kind.trim().toLowerCase())
    .some((kind) => (kind.startsWith(".") ? file.name.toLowerCase().endsWith(kind) : matchesType(file.type, kind)));
  return fits ? undefined : `${file.name} is of another kind than what is taken here.`;
}

function matchesType(type: string, kind: string): boolean {
  return kind.endsWith("/*") ? type.startsWith(kind.slice(0, -1)) : type === kind;
}
