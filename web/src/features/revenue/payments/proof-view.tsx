import { readFile } from "@rainmaker/contracts/records/files";
import type { ReactElement } from "react";
import { useFile } from "#lib/files";
import { DocumentViewer, type DocumentMark } from "#ui/document-viewer";
import { ErrorState } from "#ui/error-state";
import { downloadProof, type Evidence } from "./proof-file.ts";

type ProofViewProps = {
  readonly file: Evidence;
  /** What is looked for in its text, to be framed and numbered. */
  readonly marks?: readonly DocumentMark[];
  readonly onText?: (text: string | null) => void;
  readonly isInline?: boolean;
  readonly onReadToEnd?: () => void;
};

/** A proof on white paper, with zoom and pages. */
export function ProofView({ file, ...viewer }: ProofViewProps): ReactElement {
  const { blob, url, error, retry } = useFile(readFile, { params: { fileId: file.id } });
  if (error !== null && blob === null) {
    return <ErrorState error={error} what={file.name} onRetry={retry} className="m-4" />;
  }
  return (
    <DocumentViewer
      key={file.id}
      name={file.name}
      type={file.type}
      blob={blob}
      url={url}
      onDownload={() => void downloadProof(file)}
      {...viewer}
    />
  );
}
