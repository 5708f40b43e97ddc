import type { TimelineEntry } from "@rainmaker/contracts/records/records";
import type { Interaction } from "@rainmaker/contracts/sales/interactions";
import { Link } from "@tanstack/react-router";
import { CalendarClock, CloudOff, PencilLine, Trash2 } from "lucide-react";
import { useState, type ReactElement, type ReactNode } from "react";
import { formatDay } from "#lib/format";
import { useCan, useUser } from "#lib/session";
import { Badge } from "#ui/badge";
import { Button } from "#ui/button";
import { MenuItem } from "#ui/menu";
import { TimelineItem } from "#ui/timeline";
import { EntryMenu } from "./entry-menu.tsx";
import type { TimelineOf } from "./use-timeline.ts";
import { EditInteractionSheet } from "./edit-interaction-sheet.tsx";
import type { About } from "./interaction-draft.ts";
import { interactionSentence, kindIcons } from "./interaction-words.ts";
import { deleteWithUndo, useUnconfirmed, withdraw, type Unconfirmed } from "./use-interactions.ts";

type InteractionItemProps = {
  readonly interaction: Interaction;
  /** On a page that is about more than one sale: which one it was about. */
  readonly hasOpportunity?: boolean;
  readonly entry: TimelineEntry;
  readonly of: TimelineOf;
  readonly anchor?: string | undefined;
};

/** A call, meeting, mail or note on a timeline, with what was said. */
export function InteractionItem(props: InteractionItemProps): ReactElement {
  const { interaction, hasOpportunity = false, entry, of, anchor } = props;
  const { author, kind, occurredAt, opportunity } = interaction;
  return (
    <TimelineItem
      icon={kindIcons[kind]}
      tone="success"
      at={occurredAt}
      body={<Said {...interaction} />}
      id={anchor}
      end={<Verbs interaction={interaction} entry={entry} of={of} />}
    >
      <b>{author?.name ?? "Somebody"}</b> {interactionSentence(interaction)}
      {hasOpportunity && opportunity !== null && (
        <>
          {" · "}
          <Link
            to="/opportunities/$opportunityId"
            params={{ opportunityId: opportunity.id }}
            className="rounded-xs text-link hover:underline"
          >
            {opportunity.title}
          </Link>
        </>
      )}
    </TimelineItem>
  );
}

type SaidProps = Pick<Interaction, "body" | "followUpOn"> & { readonly isBackdated?: boolean };

function Said({ body, followUpOn, isBackdated = false }: SaidProps): ReactElement | null {
  if (body === null && followUpOn === null && !isBackdated) return null;
  return (
    <>
      {body !== null && <p className="max-w-[66ch] pb-1 break-words whitespace-pre-line">{body}</p>}
      <p className="flex flex-wrap gap-1.5 pb-1 empty:hidden">
        {followUpOn !== null && (
          <Badge tone="info" icon={CalendarClock}>
            Follow-up {formatDay(followUpOn)}
          </Badge>
        )}
        {isBackdated && <Badge tone="line">Entered later</Badge>}
      </p>
    </>
  );
}

function Verbs({ interaction, entry, of }: Pick<InteractionItemProps, "interaction" | "entry" | "of">): ReactElement {
  const [mayEdit, mayDelete] = [useCan("interaction.edit"), useCan("interaction.delete")];
  const [isEditing, setIsEditing] = useState(false);
  return (
    <>
      <EntryMenu entry={entry} of={of}>
        {mayEdit && (
          <MenuItem icon={PencilLine} onSelect={() => setIsEditing(true)}>
            Edit
          </MenuItem>
        )}
        {mayDelete && (
          <MenuItem icon={Trash2} isDanger onSelect={() => void deleteWithUndo(interaction)}>
            Delete
          </MenuItem>
        )}
      </EntryMenu>
      {isEditing && <EditInteractionSheet interaction={interaction} onClose={() => setIsEditing(false)} />}
    </>
  );
}

type UnconfirmedItemsProps = {
  readonly about: About;
  /** What the timeline tells already. */
  readonly told: readonly TimelineEntry[];
};

/** What was just logged, above the timeline until that has it. */
export function UnconfirmedItems({ about, told }: UnconfirmedItemsProps): ReactElement | null {
  const items = useUnconfirmed(about, told);
  if (items.length === 0) return null;
  return (
    <ul aria-label="Being saved">
      {items.toReversed().map((one) => (
        <UnconfirmedItem key={one.key} one={one} />
      ))}
    </ul>
  );
}

function UnconfirmedItem({ one }: { readonly one: Unconfirmed }): ReactElement {
  const me = useUser();
  const { body, contacts, at, key, state } = one;
  const { outcome = null, minutes = null, followUpOn = null } = body;
  const told = { kind: body.kind, direction: null, outcome, minutes, contacts };
  const note: ReactNode = (
    <>
      <Said body={body.body ?? null} followUpOn={followUpOn} />
      {state === "waiting" && (
        <p className="flex items-center gap-2 pb-1">
          <Badge tone="warning" icon={CloudOff}>
            Waiting
          </Badge>
          <Button size="xs" onClick={() => withdraw(key)}>
            Do not send
          </Button>
        </p>
      )}
    </>
  );
  return (
    <TimelineItem icon={kindIcons[body.kind]} tone="success" at={body.occurredAt ?? at} body={note}>
      <b>
        {me.firstName} {me.lastName}
      </b>{" "}
      {interactionSentence(told)}
    </TimelineItem>
  );
}
