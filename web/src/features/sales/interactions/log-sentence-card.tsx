import type { ContactId, CustomerId, OpportunityId } from "@rainmaker/contracts/ids";
import { searchRecords } from "@rainmaker/contracts/records/search";
import { listOpportunities } from "@rainmaker/contracts/sales/opportunities";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useState, type ReactElement, type Ref } from "react";
import { liveQuery } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { Kbd } from "#ui/kbd";
import { SelectField } from "#ui/select-field";
import { IconTile } from "#ui/timeline";
import { useToday } from "../opportunities/use-today.ts";
import { ContactsChoice } from "./contacts-choice.tsx";
import { factsOf, type About, type ContactRef, type Draft } from "./interaction-draft.ts";
import { FollowUpField, LengthAndDay, OutcomeField } from "./interaction-fields.tsx";
import { kindIcons, kindObjects } from "./interaction-words.ts";
import { usePeopleOf } from "./log-call.tsx";
import { readLogSentence, withoutName } from "./log-sentence.ts";
import { logDraft } from "./use-interactions.ts";

type Found = { readonly id: string; readonly entity: string; readonly name: string; readonly label: string };

type LogSentenceCardProps = {
  readonly text: string;
  /** Sent by Enter in the line above. */
  readonly formRef: Ref<HTMLFormElement>;
  readonly onDone: () => void;
};

/** What was understood of a sentence, each part to be changed, before it is logged. */
export function LogSentenceCard({ text, formRef, onDone }: LogSentenceCardProps): ReactElement | null {
  const me = useUser().id;
  const today = useToday();
  const sentence = readLogSentence(text);
  const { name, records, isSearching } = useRecordsNamed(sentence?.names ?? []);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [changes, setChanges] = useState<Partial<Draft>>({});
  const record = records.find(({ id }) => id === chosenId) ?? records[0];
  const about = aboutOf(record);
  const people = usePeopleOf({ customerId: records.find(({ entity }) => entity === "customer")?.id as CustomerId });
  const own = contactsIn(record);
  if (sentence === null) return null;
  const { kind, rest } = sentence;
  const draft: Draft = { kind, text: name === null ? rest : withoutName(rest, name), ...changes };
  const facts = factsOf(draft, people, today);
  const change = (next: Partial<Draft>): void => setChanges({ ...changes, ...next });
  return (
    <form
      ref={formRef}
      aria-label={`Log ${kindObjects[kind]}`}
      className="mx-2 my-2 flex min-h-0 flex-col gap-2.5 overflow-y-auto rounded-[11px] border border-brand-line bg-brand-soft p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (about === null) return;
        void logDraft(me, about, draft, facts).catch((error: unknown) =>
          notifyFailure(`${record?.label ?? "It"}: ${kindObjects[kind]} was not logged`, error),
        );
        onDone();
      }}
    >
      <p className="flex items-center gap-2.5">
        <IconTile icon={kindIcons[kind]} tone="brand" />
        <span className="font-medium">Log {kindObjects[kind].replace("the", "this")}</span>
        <span className="text-xs text-muted max-sm:hidden">understood from your words, press Tab to edit</span>
        <span className="ml-auto">
          <Kbd keys="enter" />
        </span>
      </p>
      {record === undefined ? (
        <output className="text-muted">
          {isSearching
            ? "Searching"
            : "Name a customer, a sale or a contact, such as “log call kestrel reached 20 min”."}
        </output>
      ) : (
        <>
          <SelectField
            label="About"
            size="sm"
            value={record.id}
            options={records.map(({ id, label }) => ({ value: id, label }))}
            onChange={setChosenId}
          />
          <ContactsChoice
            label="With"
            known={own.length > 0 ? own : people}
            value={[...own, ...facts.contacts]}
            onChange={(contacts) => change({ contacts: contacts.filter(({ id }) => id !== record.id) })}
          />
          <OutcomeField kind={kind} value={facts.outcome} onChange={(outcome) => change({ outcome })} />
          <LengthAndDay draft={draft} facts={facts} onChange={change} />
          <FollowUpField value={facts.followUpOn} onChange={(followUpOn) => change({ followUpOn })} />
          {facts.note !== "" && (
            <p className="flex gap-3 rounded-md bg-surface px-2.5 py-1.75">
              <span className="min-w-0 flex-1 break-words">{facts.note}</span>
              <span className="text-xs text-subtle">Note</span>
            </p>
          )}
        </>
      )}
      <button type="submit" className="sr-only">
        Save
      </button>
    </form>
  );
}

const entities = ["opportunity", "customer", "contact"];
const mostOpen = "5";

type Named = {
  /** As much of the sentence as names something. */
  readonly name: string | null;
  readonly records: readonly Found[];
  readonly isSearching: boolean;
};

/** Records whose names the sentence begins with; of a customer its open sales come first. */
function useRecordsNamed(names: readonly string[]): Named {
  const maySell = useCan("opportunity.read");
  const searches = useQueries({
    queries: names.map((q) => ({
      ...liveQuery(searchRecords, { query: { q, limit: "8" } }, entities),
      enabled: q.length > 1,
    })),
  });
  const index = searches.findIndex(({ data }) => (data?.items.length ?? 0) > 0);
  const items = (searches[index]?.data?.items ?? []).filter(({ entity }) => entities.includes(entity));
  const customerId = items.find(({ entity }) => entity === "customer")?.id as CustomerId | undefined;
  const open = useQuery({
    ...liveQuery(listOpportunities, { query: { customerId, kind: "open", limit: mostOpen, sort: "-updatedAt" } }, [
      "opportunity",
    ]),
    enabled: maySell && customerId !== undefined,
  });
  const sales = customerId === undefined ? [] : (open.data?.items ?? []);
  const records = [
    ...sales.map(({ id, title, customer }) => ({
      id,
      entity: "opportunity",
      name: title,
      label: [title, customer?.name].filter(Boolean).join(", "),
    })),
    ...items
      .toSorted((a, b) => entities.indexOf(a.entity) - entities.indexOf(b.entity))
      .map(({ id, entity, title, subtitle }) => ({
        id,
        entity,
        name: title,
        label: [title, subtitle].filter(Boolean).join(", "),
      })),
  ];
  return {
    name: names[index] ?? null,
    records: records.filter(({ id }, at) => records.findIndex((one) => one.id === id) === at),
    isSearching: searches.some(({ isFetching }) => isFetching),
  };
}

/** A call to a contact is one with them, whatever the words say. */
function contactsIn(record: Found | undefined): readonly ContactRef[] {
  return record?.entity === "contact" ? [{ id: record.id as ContactId, name: record.name }] : [];
}

function aboutOf(record: Found | undefined): About | null {
  switch (record?.entity) {
    case "opportunity":
      return { opportunityId: record.id as OpportunityId };
    case "customer":
      return { customerId: record.id as CustomerId };
    case "contact":
      return { contactId: record.id as ContactId };
    default:
      return null;
  }
}
