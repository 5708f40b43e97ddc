import { PencilLine } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatMoney } from "#lib/format";
import { useCan } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { Button } from "#ui/button";
import { Card, CardHead } from "#ui/card";
import { EmptyLine } from "../customers/customer-opportunities.tsx";
import { LinesSheet } from "./lines-sheet.tsx";
import { saveFact, type OpportunityDetail } from "./use-opportunity.ts";

type LinesCardProps = { readonly opportunity: OpportunityDetail };

/** What is sold, line by line, and what the lines add up to. */
export function LinesCard({ opportunity }: LinesCardProps): ReactElement {
  const mayEdit = useCan("opportunity.edit");
  const [isEditing, setIsEditing] = useState(false);
  const { lines } = opportunity;
  return (
    <Card className="flex-none">
      <CardHead
        title="Products"
        end={
          mayEdit && (
            <Button size="xs" icon={PencilLine} aria-label="Edit products" onClick={() => setIsEditing(true)}>
              Edit
            </Button>
          )
        }
      />
      {lines.length === 0 ? (
        <EmptyLine>Nothing is listed yet. Lines with prices add up to the value.</EmptyLine>
      ) : (
        <ul>
          {lines.map((line) => (
            <li key={line.id} className="flex items-baseline gap-3 border-t border-line-subtle px-4 py-2">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{line.product.name}</span>
                <span className="tnum block truncate text-xs text-subtle">{partsOf(line)}</span>
              </span>
              <span className="tnum flex-none">
                {line.total === null ? (
                  <span className="text-subtle">no price</span>
                ) : (
                  formatMoney(line.total, { style: "short" })
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Sum opportunity={opportunity} mayEdit={mayEdit} />
      {isEditing && <LinesSheet opportunity={opportunity} onClose={() => setIsEditing(false)} />}
    </Card>
  );
}

type Line = OpportunityDetail["lines"][number];

/** "3 × $180 less 10%". */
function partsOf({ quantity, unitPrice, discountPercent, description }: Line): string {
  const price = unitPrice === null ? quantity : `${quantity} × ${formatMoney(unitPrice, { style: "short" })}`;
  const discount = discountPercent === "0" ? "" : ` less ${discountPercent}%`;
  return [`${price}${discount}`, description].filter(Boolean).join(" · ");
}

function Sum({ opportunity, mayEdit }: LinesCardProps & { readonly mayEdit: boolean }): ReactElement | null {
  const { linesTotal, isAmountOverridden, amount } = opportunity;
  if (linesTotal === null) return null;
  const follow = (): void =>
    void saveFact(opportunity, "amount", linesTotal, { amount: null }).catch((error: unknown) =>
      notifyFailure("The value stays", error),
    );
  return (
    <div className="flex flex-col gap-1.5 border-t border-line-subtle px-4 py-2.5">
      <p className="tnum flex justify-between font-medium">
        <span>{isAmountOverridden ? "Sum of the lines" : "Value, the sum of the lines"}</span>
        <span>{formatMoney(linesTotal, { style: "short" })}</span>
      </p>
      {isAmountOverridden && (
        <p className="tnum flex flex-wrap items-center justify-between gap-2 text-xs text-muted">
          The value {amount === null ? "was taken away" : `${formatMoney(amount, { style: "short" })} was set by hand`}.
          {mayEdit && (
            <Button size="xs" onClick={follow}>
              Use the sum
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
