import { updateCustomer, type Customer } from "@rainmaker/contracts/sales/customers";
import { ExternalLink } from "lucide-react";
import type { ReactElement } from "react";
import { bodyCheck } from "#lib/check-body";
import { useCan } from "#lib/session";
import { Card, CardBody, CardHead } from "#ui/card";
import { InlineField } from "#ui/inline-field";
import { Moment } from "#ui/moment";
import { SelectField } from "#ui/select-field";
import { TextArea, TextField } from "#ui/text-field";
import { FurtherFacts } from "../further-facts.tsx";
import { OwnerFact, TagsFact } from "../record-facts.tsx";
import { addressLines, addressParts, readAddress } from "./address.ts";
import { saveCustom, saveFact } from "./use-customer.ts";

const wrongWith = bodyCheck(updateCustomer);

type FactsProps = { readonly customer: Customer };

/** What is known about a customer, each fact changed where it stands. */
export function CustomerFacts({ customer }: FactsProps): ReactElement {
  const [mayEdit, mayAssign] = [useCan("customer.edit"), useCan("customer.assign")];
  return (
    <>
      <Card>
        <CardHead title="Facts" />
        <CardBody>
          <dl>
            <TextFact customer={customer} field="name" label="Name" emptyLabel="Add a name" />
            <InlineField
              label="Kind"
              value={customer.kind}
              display={kindNames[customer.kind]}
              emptyLabel="Choose"
              isReadOnly={!mayEdit}
              onSave={(kind) => saveFact(customer, "kind", kind, { kind })}
            >
              {(field) => <SelectField {...field} options={kinds} />}
            </InlineField>
            <TextFact customer={customer} field="industry" label="Industry" emptyLabel="Add an industry" />
            <TextFact
              customer={customer}
              field="email"
              label="E-mail"
              emptyLabel="Add an e-mail address"
              type="email"
            />
            <TextFact customer={customer} field="phone" label="Phone" emptyLabel="Add a phone number" type="tel" />
            <TextFact customer={customer} field="website" label="Website" emptyLabel="Add a website" type="url" />
            <TextFact customer={customer} field="location" label="Location" emptyLabel="Add a location" />
            <AddressFact customer={customer} />
            <OwnerFact
              owner={customer.owner}
              mayAssign={mayAssign}
              onSave={(owner) => saveFact(customer, "owner", owner, { ownerId: owner?.id ?? null })}
            />
            {customer.team !== null && <TeamFact name={customer.team.name} />}
            <SatisfactionFact customer={customer} />
            <TagsFact
              tags={customer.tags}
              mayEdit={mayEdit}
              check={wrongWith}
              onSave={(tags) => saveFact(customer, "tags", tags, { tags })}
            />
            <TextFact customer={customer} field="notes" label="Notes" emptyLabel="Add a note" isLong />
            <TextFact
              customer={customer}
              field="externalId"
              label="Other id"
              emptyLabel="Add the id of another system"
            />
          </dl>
          <p className="px-0.5 pt-3 text-xs text-subtle">
            Added <Moment at={customer.createdAt} isInSentence />, last changed{" "}
            <Moment at={customer.updatedAt} isInSentence />
          </p>
        </CardBody>
      </Card>
      <FurtherFacts
        entity="customer"
        custom={customer.custom}
        mayEdit={mayEdit}
        onSave={(shown, sent, key) => saveCustom(customer, shown, sent, key)}
      />
    </>
  );
}

const kindNames = { company: "Company", person: "Person" } as const;
const kinds = [
  { value: "company", label: "Company" },
  { value: "person", label: "Person" },
] as const;

type TextFactName = "notes" | "name" | "industry" | "email" | "phone" | "website" | "location" | "externalId";

type TextFactProps = FactsProps & {
  readonly field: TextFactName;
  readonly label: string;
  readonly emptyLabel: string;
  readonly type?: "text" | "email" | "tel" | "url";
  readonly isLong?: boolean;
};

function TextFact({ customer, field, label, emptyLabel, type = "text", isLong = false }: TextFactProps): ReactElement {
  const mayEdit = useCan("customer.edit");
  const value = customer[field];
  const bodyFor = (text: string): object => ({ [field]: text.trim() === "" && field !== "name" ? null : text.trim() });
  return (
    <InlineField
      label={label}
      value={value ?? ""}
      display={isLong && value !== null ? <span className="whitespace-pre-line">{value}</span> : value}
      emptyLabel={emptyLabel}
      isReadOnly={!mayEdit}
      end={value === null ? undefined : <Out field={field} value={value} />}
      check={(text) => (field === "name" && text.trim() === "" ? "A customer needs a name" : wrongWith(bodyFor(text)))}
      onSave={(text) =>
        saveFact(customer, field, text.trim() === "" && field !== "name" ? null : (text.trim() as never), bodyFor(text))
      }
    >
      {(edit) => (isLong ? <TextArea {...edit} /> : <TextField {...edit} type={type} />)}
    </InlineField>
  );
}

const schemes: Readonly<Partial<Record<TextFactName, string>>> = {
  email: "mailto:",
  phone: "tel:",
  website: "https://",
};

/** Opens the address in what it is for. */
function Out({ field, value }: { readonly field: TextFactName; readonly value: string }): ReactElement | null {
  const scheme = schemes[field];
  if (scheme === undefined) return null;
  // Whatever was typed, only this scheme is ever followed.
  const href = field === "website" ? `${scheme}${value.replace(/^[a-z][a-z0-9+.-]*:\/*/i, "")}` : `${scheme}${value}`;
  return (
    <a
      href={href}
      target={field === "website" ? "_blank" : undefined}
      rel="noopener noreferrer"
      aria-label={`Open ${value}`}
      className="grid size-6 flex-none place-items-center rounded-sm text-subtle hover:bg-hover hover:text-default pointer-coarse:size-11"
    >
      <ExternalLink size={14} aria-hidden="true" />
    </a>
  );
}

/** It follows from the owner. */
function TeamFact({ name }: { readonly name: string }): ReactElement {
  return (
    <div className="grid grid-cols-[92px_minmax(0,1fr)] gap-x-1 py-px">
      <dt className="py-1.5 text-subtle">Team</dt>
      <dd className="px-2 py-1.5">{name}</dd>
    </div>
  );
}

/** The parts of an address, one a line, in the order they are written on a letter. */
function AddressFact({ customer }: FactsProps): ReactElement {
  const mayEdit = useCan("customer.edit");
  const lines = addressLines(customer.address);
  return (
    <InlineField
      label="Address"
      value={addressParts(customer.address)}
      display={lines.length === 0 ? null : <span className="whitespace-pre-line">{lines.join("\n")}</span>}
      emptyLabel="Add an address"
      isReadOnly={!mayEdit}
      check={(parts) => wrongWith({ address: readAddress(parts) })}
      onSave={(parts) => {
        const address = readAddress(parts);
        return saveFact(customer, "address", address, { address });
      }}
    >
      {({ value, onChange, error }) => (
        <span className="flex flex-col gap-1.5">
          {(["street", "postalCode", "city", "region", "country"] as const).map((part) => (
            <TextField
              key={part}
              label={partNames[part]}
              size="sm"
              value={value[part]}
              onChange={(text) => onChange({ ...value, [part]: text })}
              error={part === "country" ? error : undefined}
            />
          ))}
        </span>
      )}
    </InlineField>
  );
}

const partNames = {
  street: "Street",
  postalCode: "Postal code",
  city: "City",
  region: "Region",
  country: "Country",
} as const;

const scores = Array.from({ length: 11 }, (_, score) => ({ value: String(score), label: `${score} of 10` }));

function SatisfactionFact({ customer }: FactsProps): ReactElement {
  const mayEdit = useCan("customer.edit");
  const { satisfaction } = customer;
  return (
    <InlineField
      label="Satisfaction"
      value={satisfaction === null ? "" : String(satisfaction)}
      display={satisfaction === null ? null : `${satisfaction} of 10`}
      emptyLabel="Say how satisfied they are"
      isReadOnly={!mayEdit}
      onSave={(text) => {
        const next = text === "" ? null : Number(text);
        return saveFact(customer, "satisfaction", next, { satisfaction: next });
      }}
    >
      {(field) => <SelectField {...field} placeholder="Not known" options={scores} />}
    </InlineField>
  );
}
