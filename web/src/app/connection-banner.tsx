import { CloudOff, CloudUpload } from "lucide-react";
import type { ReactElement } from "react";
import { formatTime } from "#lib/format";
import { useConnection } from "#lib/offline";
import { Banner } from "#ui/banner";

/** Said after three seconds without network, and for a moment when it is back. */
export function ConnectionBanner(): ReactElement | null {
  const connection = useConnection();
  if (connection.kind === "offline") {
    return (
      <Banner
        tone="warning"
        icon={CloudOff}
        isUrgent
        end={
          <span className="tnum text-xs font-medium text-warning-fg">
            since {formatTime(connection.since.toISOString())}
          </span>
        }
      >
        <strong className="font-semibold">Offline.</strong> You can read what is on the screen; changes need the
        connection.
      </Banner>
    );
  }
  if (connection.kind === "online") return null;
  return (
    <Banner tone="success" icon={CloudUpload}>
      <strong className="font-semibold">Back online.</strong> Everything is being brought up to date.
    </Banner>
  );
}
