import type { Contact } from "@rainmaker/contracts/sales/contacts";
import { ArrowUpRight, X } from "lucide-react";
import type { ReactElement } from "react";
import { useCan } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { ButtonLink, IconButton } from "#ui/button";
import { Card, CardBody, CardHead } from "#ui/card";
import { InlineField } from "#ui/inline-field";
import { TextField } from "#ui/text-field";
import { CustomerChoice } from "../opportunities/customer-choice.tsx";
import { saveCustomers } from "./use-contacts.ts";

/** Where a contact works or whom they speak for, with the part they have there. */
export function ContactCustomers({ contact }: { readonly contact: Contact }): ReactElement {
  const mayEdit = useCan("contact.edit");
  const { customers } = contact;
  const save = (next: Contact["customers"]): Promise<void> => saveCustomers(contact, next);
  const tryToSave = (next: Contact["customers"], name: string): void =>
    void save(next).catch((error: unknown) => notifyFailure(`${name} stays as it was`, error));
  return (
    <Card className="flex-none">
      <CardHead title="Customers" />
      <CardBody>
        {customers.length === 0 && !mayEdit && <p className="text-muted">At no customer you see.</p>}
        <dl>
          {customers.map(({ id, name, role }) => (
            <InlineField
              key={id}
              label={name}
              value={role ?? ""}
              display={role}
              emptyLabel="Say their role"
              isReadOnly={!mayEdit}
              onSave={(text) => {
                const next = text.trim() === "" ? null : text.trim();
                return save(customers.map((one) => (one.id === id ? { ...one, role: next } : one)));
              }}
              end={
                <>
                  <ButtonLink
                    to="/customers/$customerId"
                    params={{ customerId: id }}
                    tone="ghost"
                    size="xs"
                    icon={ArrowUpRight}
                    aria-label={`Open ${name}`}
                    className="pointer-coarse:size-11"
                  />
                  {mayEdit && (
                    <IconButton
                      icon={X}
                      size="xs"
                      label={`Not at ${name} any more`}
                      onClick={() =>
                        tryToSave(
                          customers.filter((one) => one.id !== id),
                          name,
                        )
                      }
                    />
                  )}
                </>
              }
            >
              {(edit) => <TextField {...edit} maxLength={80} />}
            </InlineField>
          ))}
        </dl>
        {mayEdit && (
          <div className="pt-2">
            <CustomerChoice
              key={customers.length}
              label="Add a customer"
              isLabelHidden
              size="sm"
              placeholder="Add a customer"
              value={null}
              current={null}
              onChange={(_id, customer) => {
                if (customer === null || customers.some(({ id }) => id === customer.id)) return;
                tryToSave([...customers, { ...customer, role: null }], customer.name);
              }}
            />
          </div>
        )}
      </CardBody>
    </Card>
  );
}
