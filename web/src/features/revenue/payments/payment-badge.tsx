import type { PaymentStatus } from "@rainmaker/contracts/revenue/payments";
import type { ReactElement } from "react";
import { Badge } from "#ui/badge";
import { StatusBadge } from "#ui/status-badge";
import { statusOf } from "./payment-words.ts";

export function PaymentBadge({ status }: { readonly status: PaymentStatus }): ReactElement {
  const shown = statusOf[status];
  if (shown === "draft") return <Badge tone="line">Not sent</Badge>;
  if (shown === "asked") return <Badge tone="warning">Answer needed</Badge>;
  if (shown === "withdrawn") return <Badge tone="line">Withdrawn</Badge>;
  if (shown === "reversed") return <Badge tone="danger">Reversed</Badge>;
  return <StatusBadge status={shown} />;
}
