import type { Permission } from "@rainmaker/contracts/organization/permissions";
import { formatCountOf } from "#lib/format";

type Words = {
  /** What making a new one by hand takes; the import asks for the same. */
  readonly permission: Permission;
  /** What follows for values that nothing is called like. */
  readonly onNew: string | null;
  /** What follows for rows that are left without a value. */
  readonly onEmpty: string;
  /** The choice to leave the value out. */
  readonly leaveOut: string;
};

const relations: Readonly<Record<string, Words>> = {
  stage: {
    permission: "pipeline.edit",
    onNew: "New stages are added to the pipeline as open ones.",
    onEmpty: "start in the first stage",
    leaveOut: "The first stage",
  },
  owner: {
    permission: "member.invite",
    onNew: "New people are added without an account; invite them later under Users & teams.",
    onEmpty: "become yours",
    leaveOut: "Nobody: it becomes mine",
  },
  customer: {
    permission: "customer.create",
    onNew: null,
    onEmpty: "stay without a customer",
    leaveOut: "Leave empty",
  },
  product: {
    permission: "opportunity.create",
    onNew: null,
    onEmpty: "stay without a product",
    leaveOut: "Leave empty",
  },
};

const others: Words = { permission: "import.run", onNew: null, onEmpty: "stay empty here", leaveOut: "Leave empty" };

/** How the values of a field that names other records are spoken of. */
export function relationWords(field: string): Words {
  return relations[field] ?? others;
}

/** What somebody should know about a field's values before deciding. */
export function remarksOn(
  field: string,
  { unknown, emptyRows, mayMake }: { readonly unknown: number; readonly emptyRows: number; readonly mayMake: boolean },
): readonly string[] {
  const { onNew, onEmpty } = relationWords(field);
  const refused = "You may not add new ones: say who or what is meant, or the rows are not imported.";
  return [
    unknown === 0 ? null : mayMake ? onNew : refused,
    emptyRows === 0
      ? null
      : `${formatCountOf(emptyRows, "row")} without a value ${emptyRows === 1 ? singular(onEmpty) : onEmpty}.`,
  ].filter((remark) => remark !== null);
}

function singular(verb: string): string {
  return verb.replace(/^(become|start|stay)/, "$1s");
}
