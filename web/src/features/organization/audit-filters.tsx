import { MemberId } from "@rainmaker/contracts/ids";
import { addDays } from "@rainmaker/contracts/time";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Calendar } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatDay, today } from "#lib/format";
import { useUser } from "#lib/session";
import { Button } from "#ui/button";
import { DateField } from "#ui/date-field";
import { ChipButton, FilterChip } from "#ui/filter-chip";
import { PeoplePicker } from "#ui/people-picker";
import { Popover } from "#ui/popover";
import { SearchField } from "#ui/search-field";
import { Toolbar } from "#ui/page-head";
import { auditEntities } from "./audit-text.ts";
import { nameOf, useAllMembers } from "./use-members.ts";

export function AuditFilters(): ReactElement {
  const search = useSearch({ from: "/shell/audit-log" });
  const navigate = useNavigate({ from: "/audit-log" });
  const show = (changes: Partial<typeof search>): void =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  return (
    <Toolbar>
      <SearchField
        label="Search, as maya moved opp-12"
        value={search.q ?? ""}
        onChange={(q) => show({ q: q === "" ? undefined : q })}
      />
      <Period from={search.from} to={search.to} onChange={show} />
      <Actor id={search.actor} onChange={(actor) => show({ actor })} />
      <FilterChip
        label="About"
        emptyLabel="everything"
        options={auditEntities}
        value={search.entity ?? null}
        onChange={(entity) => show({ entity: entity ?? undefined })}
      />
      {search.record !== undefined && (
        <ChipButton isOn onClick={() => show({ record: undefined })} aria-label="Remove the filter one record">
          Record <b>one only</b>
        </ChipButton>
      )}
    </Toolbar>
  );
}

type Range = { readonly from?: string | undefined; readonly to?: string | undefined };

function Period({ from, to, onChange }: Range & { readonly onChange: (range: Range) => void }): ReactElement {
  const { organization } = useUser();
  const [isOpen, setIsOpen] = useState(false);
  const now = today(organization?.timeZone);
  const choose = (range: Range): void => {
    onChange({ from: range.from, to: range.to });
    setIsOpen(false);
  };
  return (
    <Popover
      label="Period"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="w-72"
      trigger={
        <ChipButton icon={Calendar} isOn={from !== undefined || to !== undefined}>
          When <b>{periodText({ from, to }, now)}</b>
        </ChipButton>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-2">
          <Button size="xs" onClick={() => choose({})}>
            Any time
          </Button>
          <Button size="xs" onClick={() => choose({ from: now, to: now })}>
            Today
          </Button>
          <Button size="xs" onClick={() => choose({ from: addDays(now, -6) })}>
            7 days
          </Button>
          <Button size="xs" onClick={() => choose({ from: addDays(now, -29) })}>
            30 days
          </Button>
        </div>
        <DateField
          label="From"
          value={from ?? null}
          max={to}
          today={now}
          onChange={(day) => onChange({ from: day ?? undefined, to })}
        />
        <DateField
          label="To"
          value={to ?? null}
          min={from}
          today={now}
          onChange={(day) => onChange({ from, to: day ?? undefined })}
        />
      </div>
    </Popover>
  );
}

function periodText({ from, to }: Range, now: string): string {
  if (from === undefined && to === undefined) return "any time";
  if (from === to && from !== undefined) return formatDay(from, now);
  if (to === undefined && from !== undefined) return `since ${formatDay(from, now)}`;
  if (from === undefined && to !== undefined) return `until ${formatDay(to, now)}`;
  return `${formatDay(from ?? now, now)} to ${formatDay(to ?? now, now)}`;
}

type ActorProps = { readonly id: MemberId | undefined; readonly onChange: (id: MemberId | undefined) => void };

function Actor({ id, onChange }: ActorProps): ReactElement {
  const members = useAllMembers();
  const [isOpen, setIsOpen] = useState(false);
  const chosen = members.find((member) => member.id === id);
  const choose = (value: string | null): void => {
    const parsed = MemberId.safeParse(value);
    onChange(parsed.success ? parsed.data : undefined);
    setIsOpen(false);
  };
  return (
    <Popover
      label="Who"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      className="w-72"
      trigger={
        <ChipButton isOn={id !== undefined}>
          Who <b>{chosen === undefined ? (id === undefined ? "anyone" : "one person") : nameOf(chosen)}</b>
        </ChipButton>
      }
    >
      <PeoplePicker
        label="Who"
        isClearable
        placeholder="Anyone"
        people={members.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
        value={id ?? null}
        onChange={choose}
      />
    </Popover>
  );
}
