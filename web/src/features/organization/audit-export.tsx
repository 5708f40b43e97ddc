import { exportAuditLog } from "@rainmaker/contracts/organization/audit";
import type { QueryOf } from "@rainmaker/contracts/endpoint";
import { Download } from "lucide-react";
import { useState, type ReactElement } from "react";
import { callForFile } from "#lib/api";
import { saveFile } from "#lib/files";
import { notifyFailure } from "#lib/toasts";
import { Button, IconButton } from "#ui/button";

type Props = { readonly filters: QueryOf<typeof exportAuditLog>; readonly isIcon?: boolean };

/** Takes the log out as a file, as the page shows it; that somebody did is an entry of the log. */
export function AuditExport({ filters, isIcon = false }: Props): ReactElement {
  const [isLoading, setIsLoading] = useState(false);
  const take = async (): Promise<void> => {
    setIsLoading(true);
    try {
      saveFile(await callForFile(exportAuditLog, { query: filters }), "audit log.csv");
    } catch (error) {
      notifyFailure("Nothing was exported", error);
    } finally {
      setIsLoading(false);
    }
  };
  const tells = { isLoading, onClick: () => void take() };
  if (isIcon) return <IconButton icon={Download} label="Export as CSV" {...tells} />;
  return (
    <Button icon={Download} data-tip="These entries as CSV. The export is an entry, too." {...tells}>
      Export
    </Button>
  );
}
