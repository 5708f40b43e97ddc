import { verifyAuditLog } from "@rainmaker/contracts/organization/audit";
import { useQuery } from "@tanstack/react-query";
import { Link2, Link2Off, RefreshCw } from "lucide-react";
import type { ReactElement } from "react";
import { call } from "#lib/api";
import { formatCount, formatCountOf, formatTime } from "#lib/format";
import { keyOf } from "#lib/query";
import { Badge } from "#ui/badge";
import { IconButton } from "#ui/button";

/** Whether every entry still follows from the one before. Recomputed on the server, so asked for rarely. */
export function ChainBadge(): ReactElement {
  const { data, isError, isFetching, refetch } = useQuery({
    queryKey: keyOf(verifyAuditLog),
    queryFn: ({ signal }) => call(verifyAuditLog, { signal }),
    staleTime: 300_000,
    refetchOnWindowFocus: false,
  });
  return (
    <span className="flex items-center gap-1.5">
      {data === undefined && !isError && <Badge tone="line">Checking the chain</Badge>}
      {isError && data === undefined && <Badge tone="warning">Chain not checked</Badge>}
      {data?.verified === true && (
        <Badge tone="success" icon={Link2}>
          {`Chain verified ${formatTime(data.checkedAt)}, ${formatCountOf(data.entries, "entry", "entries")}`}
        </Badge>
      )}
      {data?.verified === false && (
        <Badge tone="danger" icon={Link2Off}>
          Chain broken at entry {formatCount(data.firstBadSeq ?? 0)}
        </Badge>
      )}
      <IconButton
        icon={RefreshCw}
        iconSize={14}
        size="xs"
        label="Check the chain again"
        isLoading={isFetching}
        onClick={() => void refetch()}
      />
    </span>
  );
}
