import { createPlan } from "@rainmaker/contracts/revenue/plans";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { useState, type ReactElement, type SubmitEvent } from "react";
import { ApiProblem, sentenceOf } from "#lib/api-problem";
import { formatCountOf, formatFullDay } from "#lib/format";
import { useCan } from "#lib/session";
import { useCall } from "#lib/use-call";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { DataTable, type Column } from "#ui/data-table";
import { EmptyState } from "#ui/empty-state";
import { TextLink } from "#ui/link";
import { PageBody, PageHead } from "#ui/page-head";
import { TextField } from "#ui/text-field";
import { statusNames } from "./plans/plan-values.ts";
import { plansQuery } from "./plans/use-plans.ts";

/** The organization's commission plans, and what is being made of them. */
export function PlansPage(): ReactElement {
  const { data, error, refetch } = useQuery(plansQuery);
  const navigate = useNavigate();
  const mayEdit = useCan("plan.edit");
  const open = ({ id }: PlanRow): void => void navigate({ to: "/plans/$planId", params: { planId: id } });
  return (
    <>
      <PageHead title="Plans" crumbs={[{ label: "Commissions", to: "/commissions" }]} />
      <PageBody isPadded={false} className="flex flex-col">
        {mayEdit && <NewPlan onMade={(planId) => void navigate({ to: "/plans/$planId", params: { planId } })} />}
        <DataTable
          label="Commission plans"
          rows={data?.items}
          columns={columns}
          keyOf={({ id }) => id}
          renderPhone={(plan) => <PhoneRow plan={plan} />}
          onOpen={open}
          error={error}
          onRetry={() => void refetch()}
          empty={<EmptyState icon={ScrollText} title="No plans" />}
        />
      </PageBody>
    </>
  );
}

type PlanRow = NonNullable<Awaited<ReturnType<NonNullable<typeof plansQuery.queryFn>>>>["items"][number];

const columns: readonly Column<PlanRow>[] = [
  {
    key: "name",
    head: "Plan",
    render: ({ id, name }) => (
      <TextLink to="/plans/$planId" params={{ planId: id }} className="font-medium">
        {name}
      </TextLink>
    ),
    className: "w-full",
  },
  { key: "version", head: "Newest version", render: ({ version }) => version, align: "right" },
  { key: "status", head: "State", render: ({ status }) => <State status={status} /> },
  { key: "starts", head: "Holds from", render: ({ startsOn }) => (startsOn === null ? "–" : formatFullDay(startsOn)) },
  { key: "people", head: "People", render: (plan) => peopleText(plan) },
];

function State({ status }: Pick<PlanRow, "status">): ReactElement {
  return <Badge tone={statusNames[status].tone}>{statusNames[status].label}</Badge>;
}

function peopleText({ isDefault, people }: PlanRow): string {
  return isDefault ? "Everybody else" : formatCountOf(people, "person", "people");
}

function PhoneRow({ plan }: { readonly plan: PlanRow }): ReactElement {
  return (
    <span className="flex items-center gap-3">
      <span className="flex min-w-0 flex-1 flex-col leading-[17px]">
        <span className="truncate font-medium">{plan.name}</span>
        <span className="text-xs text-subtle">
          Version {plan.version}, {peopleText(plan).toLowerCase()}
        </span>
      </span>
      <State status={plan.status} />
    </span>
  );
}

function NewPlan({ onMade }: { readonly onMade: (planId: string) => void }): ReactElement {
  const [name, setName] = useState("");
  const make = useCall(createPlan, ["plan"]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (name.trim() !== "") make.mutate({ body: { name: name.trim() } }, { onSuccess: ({ id }) => onMade(id) });
  };
  const fault = make.error instanceof ApiProblem ? make.error.errors[0]?.message : undefined;
  return (
    <form
      onSubmit={submit}
      noValidate
      className="flex flex-wrap items-end gap-2 border-b border-line-subtle px-5 py-3 max-sm:px-4"
    >
      <TextField
        label="New plan"
        className="w-64 max-sm:w-full"
        placeholder="AE Core 2027"
        value={name}
        error={make.isError ? (fault ?? sentenceOf(make.error)) : undefined}
        onChange={setName}
      />
      <Button
        type="submit"
        tone="primary"
        isLoading={make.isPending}
        {...(name.trim() === "" && { disabledReason: "Give it a name" })}
      >
        Begin draft
      </Button>
    </form>
  );
}
