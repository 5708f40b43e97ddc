import { importErrorFile, type Import } from "@rainmaker/contracts/records/imports";
import { Download } from "lucide-react";
import { useState, type ReactElement } from "react";
import { callForFile } from "#lib/api";
import { saveFile } from "#lib/files";
import { notifyFailure } from "#lib/toasts";
import { Button, IconButton } from "#ui/button";

type ErrorFileButtonProps = {
  readonly imported: Pick<Import, "id" | "fileName">;
  /** Without a word beside it, for rows. */
  readonly isIcon?: boolean;
};

/** Fetches the rows that were not imported, to be corrected and imported again. */
export function ErrorFileButton({ imported, isIcon = false }: ErrorFileButtonProps): ReactElement {
  const [isLoading, setIsLoading] = useState(false);
  const download = async (): Promise<void> => {
    setIsLoading(true);
    try {
      saveFile(await callForFile(importErrorFile, { params: { importId: imported.id } }), "errors.csv");
    } catch (error) {
      notifyFailure("The error file could not be fetched", error);
    } finally {
      setIsLoading(false);
    }
  };
  const given = { icon: Download, isLoading, onClick: () => void download() };
  if (isIcon) return <IconButton {...given} size="xs" label={`Error file of ${imported.fileName}`} />;
  return (
    <Button {...given} size="sm">
      Error file
    </Button>
  );
}
