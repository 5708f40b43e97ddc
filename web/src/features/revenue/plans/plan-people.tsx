import type { MemberId } from "@rainmaker/contracts/ids";
import { assignPlan, type Plan } from "@rainmaker/contracts/revenue/plans";
import { useState, type ReactElement } from "react";
import { nameOf, useAllMembers } from "#features/organization";
import { sentenceOf } from "#lib/api-problem";
import { formatFullDay, formatMoney, today } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { notify } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Avatar } from "#ui/avatar";
import { Button } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { DateField } from "#ui/date-field";
import { PeoplePicker } from "#ui/people-picker";

/** Who is on the plan, since when, and what they are measured by this month. */
export function PlanPeople({ plan }: { readonly plan: Plan }): ReactElement {
  const mayEdit = useCan("plan.edit");
  return (
    <Card>
      <CardHead title="People" end={plan.people.length} />
      <CardBody className="flex flex-col gap-3">
        {plan.isDefault && <p className="text-xs text-muted">It holds for everybody who is on no other plan.</p>}
        <ul className="flex flex-col gap-2">
          {plan.people.map(({ member, from, quota }) => (
            <li key={`${member.id} ${from ?? ""}`} className="flex items-center gap-2">
              <Avatar person={member} size={20} isDecorative />
              <span className="min-w-0 flex-1 truncate">{member.name}</span>
              <span className="tnum text-xs text-muted">
                {quota === null ? "no quota" : `${formatMoney(quota, { style: "short" })} quota`}
                {from !== null && `, from ${formatFullDay(from)}`}
              </span>
            </li>
          ))}
        </ul>
        {mayEdit && <AddPerson plan={plan} />}
      </CardBody>
    </Card>
  );
}

function AddPerson({ plan }: { readonly plan: Plan }): ReactElement {
  const user = useUser();
  const [memberId, setMemberId] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(today(user.organization?.timeZone));
  const assign = useCall(assignPlan, ["plan"]);
  // Somebody else says which plan pays oneself.
  const people = useAllMembers().filter((member) => member.status === "active" && member.id !== user.id);
  const add = (): void => {
    if (memberId === null || from === null) return;
    assign.mutate(
      { params: { planId: plan.id }, body: { memberId: memberId as MemberId, from } },
      {
        onSuccess: () => {
          notify({ tone: "done", title: "Put on the plan" });
          setMemberId(null);
        },
        onError: (error) => notify({ tone: "failed", title: "Nobody was put on the plan", detail: sentenceOf(error) }),
      },
    );
  };
  return (
    <div className="flex flex-wrap items-end gap-2 border-t border-line-subtle pt-3">
      <PeoplePicker
        label="Put on this plan"
        name="person"
        className="min-w-40 flex-1"
        people={people.map((member) => ({ id: member.id, name: nameOf(member), detail: member.team?.name }))}
        value={memberId}
        onChange={setMemberId}
      />
      <DateField label="From" className="w-40" value={from} onChange={setFrom} />
      <Button
        isLoading={assign.isPending}
        onClick={add}
        {...(memberId === null && { disabledReason: "Choose somebody first" })}
      >
        Add
      </Button>
    </div>
  );
}
