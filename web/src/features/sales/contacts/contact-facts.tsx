import { updateContact, type Contact } from "@rainmaker/contracts/sales/contacts";
import type { ReactElement } from "react";
import { bodyCheck } from "#lib/check-body";
import { useCan } from "#lib/session";
import { Card, CardBody, CardHead } from "#ui/card";
import { InlineField } from "#ui/inline-field";
import { Moment } from "#ui/moment";
import { TextArea, TextField } from "#ui/text-field";
import { FurtherFacts } from "../further-facts.tsx";
import { OwnerFact, TagsFact } from "../record-facts.tsx";
import { joined, tagsIn } from "./lists.ts";
import { saveCustom, saveFact } from "./use-contacts.ts";

const wrongWith = bodyCheck(updateContact);

type FactsProps = { readonly contact: Contact };

/** What is known about a contact, each fact changed where it stands. */
export function ContactFacts({ contact }: FactsProps): ReactElement {
  const [mayEdit, mayAssign] = [useCan("contact.edit"), useCan("contact.assign")];
  return (
    <>
      <Card className="flex-none">
        <CardHead title="Facts" />
        <CardBody>
          <dl>
            <TextFact contact={contact} field="firstName" label="First name" emptyLabel="Add a first name" />
            <TextFact contact={contact} field="lastName" label="Last name" emptyLabel="Add a last name" />
            <TextFact contact={contact} field="title" label="Title" emptyLabel="Add what they do" />
            <PointsFact contact={contact} field="emails" label="E-mail" emptyLabel="Add an e-mail address" />
            <PointsFact contact={contact} field="phones" label="Phone" emptyLabel="Add a phone number" />
            <OwnerFact
              owner={contact.owner}
              mayAssign={mayAssign}
              onSave={(owner) => saveFact(contact, "owner", owner, { ownerId: owner?.id ?? null })}
            />
            <TagsFact
              tags={contact.tags}
              mayEdit={mayEdit}
              check={wrongWith}
              onSave={(tags) => saveFact(contact, "tags", tags, { tags })}
            />
            <TextFact contact={contact} field="notes" label="Notes" emptyLabel="Add a note" isLong />
            <TextFact contact={contact} field="externalId" label="Other id" emptyLabel="Add the id of another system" />
          </dl>
          <p className="px-0.5 pt-3 text-xs text-subtle">
            Added <Moment at={contact.createdAt} isInSentence />, last changed{" "}
            <Moment at={contact.updatedAt} isInSentence />
          </p>
        </CardBody>
      </Card>
      <FurtherFacts
        entity="contact"
        custom={contact.custom}
        mayEdit={mayEdit}
        onSave={(shown, sent, key) => saveCustom(contact, shown, sent, key)}
      />
    </>
  );
}

type TextFactProps = FactsProps & {
  readonly field: "firstName" | "lastName" | "title" | "notes" | "externalId";
  readonly label: string;
  readonly emptyLabel: string;
  readonly isLong?: boolean;
};

function TextFact({ contact, field, label, emptyLabel, isLong = false }: TextFactProps): ReactElement {
  const mayEdit = useCan("contact.edit");
  const value = contact[field] ?? "";
  const isName = field === "firstName" || field === "lastName";
  const read = (text: string): string | null => (text.trim() === "" && !isName ? null : text.trim());
  return (
    <InlineField
      label={label}
      value={value}
      display={value === "" ? null : <span className="whitespace-pre-line">{value}</span>}
      emptyLabel={emptyLabel}
      isReadOnly={!mayEdit}
      check={(text) => wrongWith({ [field]: read(text) })}
      onSave={(text) => saveFact(contact, field, read(text) as never, { [field]: read(text) })}
    >
      {(edit) => (isLong ? <TextArea {...edit} /> : <TextField {...edit} />)}
    </InlineField>
  );
}

type PointsFactProps = FactsProps & {
  readonly field: "emails" | "phones";
  readonly label: string;
  readonly emptyLabel: string;
};

/** Addresses or numbers, between commas; the first is used. What each is for stays with it. */
function PointsFact({ contact, field, label, emptyLabel }: PointsFactProps): ReactElement {
  const mayEdit = useCan("contact.edit");
  const known =
    field === "emails" ? contact.emails.map(({ email }) => email) : contact.phones.map(({ phone }) => phone);
  const bodyFor = (text: string): object => ({
    [field]: tagsIn(text).map((one) =>
      field === "emails"
        ? { email: one, label: contact.emails.find(({ email }) => email === one.toLowerCase())?.label ?? "work" }
        : { phone: one, label: contact.phones.find(({ phone }) => phone === one)?.label ?? "work" },
    ),
  });
  return (
    <InlineField
      label={label}
      value={joined(known)}
      display={known.length === 0 ? null : <Lines lines={known} />}
      emptyLabel={emptyLabel}
      isReadOnly={!mayEdit}
      check={(text) => wrongWith(bodyFor(text))}
      onSave={(text) => {
        const body = bodyFor(text) as Pick<Contact, typeof field>;
        return saveFact(contact, field, body[field], body);
      }}
    >
      {(edit) => <TextField {...edit} placeholder="Several with commas" />}
    </InlineField>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <span className="flex flex-col">
      {lines.map((line) => (
        <span key={line} className="break-all">
          {line}
        </span>
      ))}
    </span>
  );
}
