import type { StageId } from "@rainmaker/contracts/ids";
import { ArrowDown, ArrowUp, ChevronRight, Trash2 } from "lucide-react";
import { useState, type ReactElement } from "react";
import { cx } from "#lib/class-names";
import { formatCountOf } from "#lib/format";
import { Button, IconButton } from "#ui/button";
import { Menu, MenuItem, MenuLabel } from "#ui/menu";
import { TextField } from "#ui/text-field";
import type { StageValue } from "./stage-drafts.ts";
import { StageRules } from "./stage-rules.tsx";

type SavedStage = StageValue & { readonly id: StageId };

export type StageCardProps = {
  readonly stage: StageValue;
  readonly others: readonly SavedStage[];
  /** What is wrong, by field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onChange: (changes: Partial<StageValue>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: (target: StageId | undefined) => void;
};

export function StageCard(props: StageCardProps): ReactElement {
  const { stage, errors, onChange } = props;
  const [isOpen, setIsOpen] = useState(false);
  const isOpenKind = stage.kind === "open";
  const name = stage.name === "" ? "New stage" : stage.name;
  const number = (field: "probability" | "normDays" | "rottingDays", label: string, unit: string): ReactElement => (
    <TextField
      label={label}
      size="sm"
      className="w-26 flex-none max-sm:w-auto max-sm:flex-1"
      value={stage[field]}
      onChange={(text) => onChange({ [field]: text })}
      error={errors[field]}
      end={<span className="text-xs text-subtle">{unit}</span>}
    />
  );
  return (
    <li aria-label={name} className="rounded-[10px] border bg-surface p-3">
      <div className="flex flex-wrap items-start gap-3">
        <TextField
          label={isOpenKind ? "Stage" : stage.kind === "won" ? "Won" : "Lost"}
          size="sm"
          className="min-w-40 flex-1 max-sm:min-w-full"
          value={stage.name}
          onChange={(text) => onChange({ name: text })}
          error={errors["name"]}
        />
        {isOpenKind && number("probability", "Chance", "%")}
        {isOpenKind && number("normDays", "Usual stay", "days")}
        {isOpenKind && number("rottingDays", "Quiet limit", "days")}
        {isOpenKind && <Order {...props} name={name} />}
      </div>
      <Button tone="ghost" size="xs" className="mt-2" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <ChevronRight size={12} aria-hidden="true" className={cx(isOpen && "rotate-90")} />
        {rulesText(stage)}
      </Button>
      {errors["nextStageIds"] !== undefined && <p className="text-xs text-danger-fg">{errors["nextStageIds"]}</p>}
      {isOpen && <StageRules stage={stage} others={props.others} onChange={onChange} />}
    </li>
  );
}

function rulesText({ requirements, nextStageIds }: StageValue): string {
  const asks =
    requirements.length === 0 ? "Asks for nothing" : `Asks for ${formatCountOf(requirements.length, "thing")}`;
  return `${asks}, leads ${nextStageIds === null ? "anywhere" : `to ${formatCountOf(nextStageIds.length, "stage")}`}`;
}

function Order(props: StageCardProps & { readonly name: string }): ReactElement {
  const { name, isFirst, isLast, onMove } = props;
  return (
    <span className="flex flex-none items-center gap-0.5 self-start pt-6 max-sm:pt-0">
      <IconButton
        icon={ArrowUp}
        label={`Move ${name} up`}
        size="sm"
        disabledReason={isFirst ? "It is the first" : undefined}
        onClick={() => onMove(-1)}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${name} down`}
        size="sm"
        disabledReason={isLast ? "It is the last" : undefined}
        onClick={() => onMove(1)}
      />
      <Remove {...props} />
    </span>
  );
}

/** A stage that has been in use hands its opportunities over: the choice is part of removing it. */
function Remove({ stage, others, name, onRemove }: StageCardProps & { readonly name: string }): ReactElement {
  const targets = others.filter(({ kind }) => kind === "open");
  const label = `Remove ${name}`;
  if (stage.id === undefined) {
    return <IconButton icon={Trash2} label={label} size="sm" onClick={() => onRemove(undefined)} />;
  }
  return (
    <Menu
      align="end"
      trigger={
        <IconButton
          icon={Trash2}
          label={label}
          size="sm"
          disabledReason={targets.length === 0 ? "A pipeline has at least one open stage" : undefined}
        />
      }
    >
      <MenuLabel>Remove it; its opportunities go to</MenuLabel>
      {targets.map(({ id, name: target }) => (
        <MenuItem key={id} onSelect={() => onRemove(id)}>
          {target}
        </MenuItem>
      ))}
    </Menu>
  );
}
