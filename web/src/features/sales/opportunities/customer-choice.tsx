import type { CustomerId } from "@rainmaker/contracts/ids";
import { createCustomer, listCustomers } from "@rainmaker/contracts/sales/customers";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import { liveQuery } from "#lib/query";
import { useCan } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { useCall } from "#lib/use-call";
import { Combobox, type Choice } from "#ui/combobox";
import type { FieldProps } from "#ui/field";
import { LogoMark } from "#ui/logo-mark";

export type CustomerRef = { readonly id: CustomerId; readonly name: string };

type CustomerChoiceProps = Omit<FieldProps<CustomerId | null>, "onChange"> & {
  readonly onChange: (id: CustomerId | null, customer: CustomerRef | null) => void;
  /** The customer of the value, which may not be among those found. */
  readonly current: CustomerRef | null;
  readonly placeholder?: string;
};

/** A customer, found by the beginning of the name; a new one is added by its name alone. */
export function CustomerChoice({
  current,
  onChange,
  placeholder = "Choose a customer",
  ...rest
}: CustomerChoiceProps): ReactElement {
  const [text, setText] = useState("");
  const [picked, setPicked] = useState(current);
  const q = text.trim();
  const found = useQuery({
    ...liveQuery(listCustomers, { query: { limit: "20", sort: "name", ...(q !== "" && { q }) } }, ["customer"]),
    placeholderData: (before) => before,
  });
  const mayCreate = useCan("customer.create");
  const create = useCall(createCustomer, ["customer"]);
  const choose = (customer: CustomerRef): void => {
    setPicked(customer);
    onChange(customer.id, customer);
  };
  const customers = found.data?.items ?? [];
  const add = (name: string): void =>
    create.mutate(
      { body: { name } },
      { onSuccess: choose, onError: (error) => notifyFailure(`${name} was not added`, error) },
    );
  const shown = rest.value === null ? null : [picked, current, ...customers].find((one) => one?.id === rest.value);
  return (
    <Combobox
      {...rest}
      choices={customers.map(choiceOf)}
      chosen={shown == null ? null : choiceOf(shown)}
      placeholder={placeholder}
      onSearch={setText}
      isSearching={found.isFetching || create.isPending}
      isClearable
      {...(mayCreate && { onCreate: add })}
      onChange={(id) => {
        const customer = customers.find((one) => one.id === id);
        if (customer !== undefined) choose(customer);
        else if (id === null) onChange(null, null);
      }}
    />
  );
}

function choiceOf({ id, name }: CustomerRef): Choice {
  return { value: id, label: name, mark: <LogoMark id={id} name={name} size={18} /> };
}
