import { History } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatDay, formatFullDay } from "#lib/format";
import { Banner } from "#ui/banner";
import { Button } from "#ui/button";
import { Calendar } from "#ui/calendar";
import { ChipButton } from "#ui/filter-chip";
import { Popover } from "#ui/popover";
import { useToday } from "../opportunities/use-today.ts";
import type { PipelineSearch } from "./search.ts";

type PastProps = {
  readonly asOf: string | undefined;
  readonly onShow: (changes: Partial<PipelineSearch>) => void;
};

/** Chooses the day whose board is shown. */
export function AsOfChip({ asOf, onShow }: PastProps): ReactElement {
  const today = useToday();
  const [isOpen, setIsOpen] = useState(false);
  const pick = (day: string): void => {
    setIsOpen(false);
    onShow({
      asOf: day === today ? undefined : day,
      view: undefined,
      fresh: undefined,
      as: undefined,
      stage: undefined,
    });
  };
  return (
    <Popover
      label="Board as of"
      align="end"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <ChipButton icon={History} isOn={asOf !== undefined}>
          As of <b>{asOf === undefined ? "now" : formatDay(asOf, today)}</b>
        </ChipButton>
      }
    >
      <Calendar value={asOf ?? null} today={today} max={today} onPick={pick} />
    </Popover>
  );
}

/** Says that what is shown is past, and leads back. */
export function PastBanner({ asOf, onShow }: PastProps & { readonly asOf: string }): ReactElement {
  const back = (
    <Button size="sm" onClick={() => onShow({ asOf: undefined })}>
      Back to now
    </Button>
  );
  return (
    <Banner tone="info" icon={History} end={back}>
      As it was at the end of {formatFullDay(asOf)}. Nothing can be moved here.
    </Banner>
  );
}
