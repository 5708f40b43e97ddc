import { Download, Eye, EyeOff, FileText, Image } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatSize } from "#lib/format";
import { IconButton } from "#ui/button";
import { downloadProof, type Evidence } from "./proof-file.ts";
import { ProofView } from "./proof-view.tsx";

/** The proofs of a payment, each to be looked at in place. */
export function EvidenceList({ files }: { readonly files: readonly Evidence[] }): ReactElement | null {
  const [shownId, setShownId] = useState<string | null>(null);
  if (files.length === 0) return null;
  return (
    <ul aria-label="Proofs" className="flex flex-col gap-2">
      {files.map((file) => {
        const isShown = shownId === file.id;
        return (
          <li key={file.id} className="overflow-clip rounded-[11px] border">
            <div className="flex items-center gap-3 py-2.5 pr-2.5 pl-3">
              <EvidenceIcon type={file.type} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{file.name}</span>
                <span className="block text-xs text-subtle">
                  {[formatSize(file.size), file.uploadedBy?.name].filter(Boolean).join(", ")}
                </span>
              </span>
              <IconButton
                icon={isShown ? EyeOff : Eye}
                size="sm"
                label={`${isShown ? "Hide" : "Show"} ${file.name}`}
                aria-expanded={isShown}
                onClick={() => setShownId(isShown ? null : file.id)}
              />
              {!isShown && (
                <IconButton
                  icon={Download}
                  size="sm"
                  label={`Download ${file.name}`}
                  onClick={() => void downloadProof(file)}
                />
              )}
            </div>
            {isShown && (
              <div className="flex h-96 flex-col border-t">
                <ProofView file={file} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function EvidenceIcon({ type }: { readonly type: string }): ReactElement {
  const Icon = type.startsWith("image/") ? Image : FileText;
  return <Icon size={16} aria-hidden="true" className="flex-none text-subtle" />;
}
