import type { Plan, PlanVersion } from "@rainmaker/contracts/revenue/plans";
import { Check, Send, Undo2, Users } from "lucide-react";
import { useState, type ReactElement } from "react";
import { formatFullDay } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { Button } from "#ui/button";
import { TextField } from "#ui/text-field";
import type { PlanActs } from "./use-plans.ts";

type PlanBarProps = {
  readonly plan: Plan;
  readonly version: PlanVersion;
  readonly acts: PlanActs;
  readonly isDirty: boolean;
  readonly onSave: () => void;
};

/** What comes next for the version, and who may do it. */
export function PlanBar(props: PlanBarProps): ReactElement {
  const { version } = props;
  return (
    <div className="flex flex-none flex-wrap items-center gap-3 border-t border-line-subtle px-5 py-2.5 max-sm:px-4">
      <Users size={16} className="text-subtle max-sm:hidden" aria-hidden="true" />
      {version.status === "draft" && <DraftBar {...props} />}
      {version.status === "in_review" && <ReviewBar {...props} />}
      {(version.status === "approved" || version.status === "retired") && <ApprovedBar {...props} />}
    </div>
  );
}

function DraftBar({ version, acts, isDirty, onSave }: PlanBarProps): ReactElement {
  const mayEdit = useCan("plan.edit");
  if (!mayEdit) return <p className="text-muted">This version is being written. What holds today stays as it is.</p>;
  return (
    <>
      <p className="min-w-0 flex-1 text-muted max-sm:basis-full">
        {version.returnReason === null
          ? "Somebody else, who is not paid by it, approves it."
          : `Sent back: “${version.returnReason}”`}
      </p>
      <Button
        shortcut="mod+s"
        isLoading={acts.busy === "save"}
        onClick={onSave}
        {...(!isDirty && { disabledReason: "Nothing has changed" })}
      >
        Save draft
      </Button>
      <Button
        tone="primary"
        icon={Send}
        isLoading={acts.busy === "submit"}
        onClick={() => void acts.submit()}
        {...(isDirty && { disabledReason: "Save the draft first" })}
      >
        Send to approve
      </Button>
    </>
  );
}

function ReviewBar({ version, acts }: PlanBarProps): ReactElement {
  const mayApprove = useCan("plan.approve");
  const { id } = useUser();
  const [reason, setReason] = useState<string | null>(null);
  const isOwn = version.createdBy?.id === id;
  if (!mayApprove || isOwn) {
    return (
      <p className="text-muted">
        {isOwn
          ? "You wrote it, so somebody else who is not paid by it approves it."
          : "It waits for somebody to approve it."}
      </p>
    );
  }
  if (reason !== null) {
    return (
      <>
        <TextField
          label="What has to change"
          isLabelHidden
          placeholder="What has to change"
          className="min-w-48 flex-1"
          value={reason}
          onChange={setReason}
        />
        <Button tone="ghost" onClick={() => setReason(null)}>
          Cancel
        </Button>
        <Button
          tone="primary"
          isLoading={acts.busy === "return"}
          onClick={() => void acts.giveBack(reason.trim()).then((isDone) => isDone && setReason(null))}
          {...(reason.trim() === "" && { disabledReason: "Say what has to change" })}
        >
          Send back
        </Button>
      </>
    );
  }
  return (
    <>
      <p className="min-w-0 flex-1 text-muted max-sm:basis-full">
        {version.startsOn !== null && `It holds from ${formatFullDay(version.startsOn)}. `}Approved, it never changes
        any more.
      </p>
      <Button icon={Undo2} onClick={() => setReason("")}>
        Send back
      </Button>
      <Button tone="primary" icon={Check} isLoading={acts.busy === "approve"} onClick={() => void acts.approve()}>
        Approve
      </Button>
    </>
  );
}

function ApprovedBar({ plan, version, acts }: PlanBarProps): ReactElement {
  const mayEdit = useCan("plan.edit");
  const isNewest = plan.versions[0]?.number === version.number;
  const who =
    version.approvedBy === null ? "It came with the organisation." : `Approved by ${version.approvedBy.name}.`;
  return (
    <>
      <p className="min-w-0 flex-1 text-muted max-sm:basis-full">
        {who} {version.accepted > 0 && `Accepted by ${version.accepted}.`} It stays as it is.
      </p>
      {mayEdit && isNewest && (
        <Button isLoading={acts.busy === "begin"} onClick={() => void acts.begin()}>
          Begin version {version.number + 1}
        </Button>
      )}
    </>
  );
}
