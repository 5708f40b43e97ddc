import type { PipelineId } from "@rainmaker/contracts/ids";
import type { Condition, Filter } from "@rainmaker/contracts/records/filters";
import type { OpportunityCard } from "@rainmaker/contracts/sales/opportunities";
import type { Stage } from "@rainmaker/contracts/sales/pipelines";
import { ArrowRightLeft, Flag, UserRound } from "lucide-react";
import type { ReactElement } from "react";
import { addDays } from "@rainmaker/contracts/time";
import { nameOf, useAllMembers } from "#features/organization";
import { BulkBar, exportRecords, type BulkField } from "#features/records";
import { useCan } from "#lib/session";
import type { PipelineSearch } from "./search.ts";

/** The table's columns as a file has them. */
const exported = [
  "opportunity",
  "number",
  "customer",
  "stage",
  "amount",
  "currency",
  "expectedCloseOn",
  "nextStep",
  "owner",
];

type OpportunityBulkProps = {
  readonly rows: readonly OpportunityCard[] | undefined;
  readonly hasMore: boolean;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: ReadonlySet<string>) => void;
  readonly pipelineId: PipelineId;
  readonly stages: readonly Stage[];
  readonly search: PipelineSearch;
  readonly sort: string;
  readonly today: string;
};

/** What can be done with the chosen opportunities of the table. */
export function OpportunityBulk(props: OpportunityBulkProps): ReactElement {
  const { rows, hasMore, selected, onSelect, pipelineId, stages, search, sort, today } = props;
  const mayDelete = useCan("opportunity.delete");
  const fields = useFields(stages);
  // Which ones need somebody is no filter: there, all of them are those that are loaded.
  const isWhole = search.view !== undefined || !hasMore;
  return (
    <BulkBar
      entity="opportunity"
      selected={selected}
      onSelect={onSelect}
      filter={shownFilter(search, pipelineId, today)}
      count={isWhole ? rows?.length : undefined}
      loaded={rows?.length}
      fields={fields}
      mayDelete={mayDelete}
      onExport={(filter) => void exportRecords("opportunity", filter, sort, exported)}
    />
  );
}

/** What the address narrows the table to. */
function shownFilter({ stage, owner, team, within }: PipelineSearch, pipelineId: PipelineId, today: string): Filter {
  const is = (field: string, value: string | undefined): Condition[] =>
    value === undefined ? [] : [{ field, operator: "is", value }];
  const closes: Condition[] =
    within === undefined ? [] : [{ field: "expectedCloseOn", operator: "before", value: addDays(today, within + 1) }];
  const open = stage === undefined ? is("stageKind", "open") : is("stageId", stage);
  return {
    match: "all",
    rules: [...is("pipelineId", pipelineId), ...open, ...is("ownerId", owner), ...is("teamId", team), ...closes],
  };
}

function useFields(stages: readonly Stage[]): readonly BulkField[] {
  const [mayEdit, mayAssign] = [useCan("opportunity.edit"), useCan("opportunity.assign")];
  const members = useAllMembers().filter(({ status }) => status === "active");
  const set = (field: string) => (value: string) => ({ kind: "set" as const, field, value });
  const assign: BulkField = {
    label: "Assign",
    icon: UserRound,
    shortcut: "a",
    prompt: "New owner",
    input: { kind: "choice", choices: members.map((member) => ({ value: member.id, label: nameOf(member) })) },
    action: set("ownerId"),
  };
  const rest: readonly BulkField[] = [
    {
      label: "Stage",
      icon: ArrowRightLeft,
      prompt: "New stage",
      // Why something was lost is said of each by itself.
      input: {
        kind: "choice",
        choices: stages.filter(({ kind }) => kind !== "lost").map(({ id, name }) => ({ value: id, label: name })),
      },
      action: set("stageId"),
    },
    {
      label: "Next step",
      icon: Flag,
      prompt: "Next step",
      input: { kind: "text" },
      action: set("nextStep"),
    },
  ];
  return [...(mayAssign ? [assign] : []), ...(mayEdit ? rest : [])];
}
