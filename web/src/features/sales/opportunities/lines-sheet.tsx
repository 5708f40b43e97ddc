import { createProduct, type Product } from "@rainmaker/contracts/sales/products";
import { updateOpportunity } from "@rainmaker/contracts/sales/opportunity-changes";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useId, useState, type ReactElement } from "react";
import { call, newKey } from "#lib/api";
import { formatMoney } from "#lib/format";
import { useForm } from "#lib/form";
import { invalidateEntities } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { notifyFailure } from "#lib/toasts";
import { Button, IconButton } from "#ui/button";
import { Combobox } from "#ui/combobox";
import { FormProblem } from "#ui/form-problem";
import { MoneyField } from "#ui/money-field";
import { Sheet } from "#ui/sheet";
import { TextField } from "#ui/text-field";
import { bodyOf, faultsOf, sumOf, totalOf, type LineDraft } from "./lines.ts";
import { productsQuery } from "../products/use-products.ts";
import { rememberOpportunity, type OpportunityDetail } from "./use-opportunity.ts";

type LinesSheetProps = { readonly opportunity: OpportunityDetail; readonly onClose: () => void };

/** Products, quantities, prices and discounts of a sale, saved together. */
export function LinesSheet({ opportunity, onClose }: LinesSheetProps): ReactElement {
  const formId = useId();
  const currency = useUser().organization?.currency ?? "USD";
  const own = opportunity.amount?.currency ?? opportunity.linesTotal?.currency ?? currency;
  const [start] = useState(() => draftsOf(opportunity));
  const form = useForm({
    initial: { lines: start },
    version: opportunity.version,
    schema: updateOpportunity.body,
    toBody: ({ lines }) => ({ lines: bodyOf(lines, own) }),
    send: (body, seenVersion) =>
      call(updateOpportunity, { params: { opportunityId: opportunity.id }, body, seenVersion }),
    onDone: (saved) => {
      rememberOpportunity(saved);
      void invalidateEntities(["opportunity"]);
      onClose();
    },
  });
  const { lines } = form.values;
  const set = (next: readonly LineDraft[]): void => form.set({ lines: next });
  const sum = sumOf(lines, own);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title="Products and prices"
      context={opportunity.number}
      form={form.element}
      isDirty={form.isDirty}
      footer={
        <>
          <span className="tnum mr-auto font-medium">
            Sum {sum === null ? "none" : formatMoney(sum, { style: "short" })}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} tone="primary" shortcut="mod+enter" isLoading={form.isSending}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} {...form.props} className="flex flex-col gap-4">
        <FormProblem problem={form.problem} />
        {lines.map((line, index) => (
          <LineFields
            key={line.key}
            place={index + 1}
            line={line}
            currency={own}
            onChange={(changes) => set(lines.map((one) => (one.key === line.key ? { ...one, ...changes } : one)))}
            onRemove={() => set(lines.filter((one) => one.key !== line.key))}
          />
        ))}
        <Button icon={Plus} className="self-start" onClick={() => set([...lines, blankLine()])}>
          Add a line
        </Button>
        {form.field("lines").error !== undefined && (
          <p role="alert" className="text-xs text-danger-fg">
            {form.field("lines").error}
          </p>
        )}
        {opportunity.isAmountOverridden && (
          <p className="text-xs text-muted">The value of this sale was set by hand and stays as it is.</p>
        )}
      </form>
    </Sheet>
  );
}

function blankLine(): LineDraft {
  return { key: newKey(), productId: null, description: null, quantity: "1", unitPrice: null, discountPercent: "" };
}

function draftsOf({ lines }: OpportunityDetail): readonly LineDraft[] {
  const known = lines.map(({ id, product, description, quantity, unitPrice, discountPercent }) => ({
    key: id,
    productId: product.id,
    description,
    quantity,
    unitPrice: unitPrice?.amount ?? null,
    discountPercent: discountPercent === "0" ? "" : discountPercent,
  }));
  return known.length === 0 ? [blankLine()] : known;
}

type LineFieldsProps = {
  readonly place: number;
  readonly line: LineDraft;
  readonly currency: string;
  readonly onChange: (changes: Partial<LineDraft>) => void;
  readonly onRemove: () => void;
};

function LineFields({ place, line, currency, onChange, onRemove }: LineFieldsProps): ReactElement {
  const total = totalOf(line, currency);
  const faults = faultsOf(line);
  return (
    <fieldset aria-label={`Line ${place}`} className="flex flex-col gap-2.5 rounded-[11px] border p-3">
      <div className="flex items-end gap-2">
        <ProductChoice line={line} currency={currency} onChange={onChange} />
        <IconButton icon={X} label={`Remove line ${place}`} onClick={onRemove} />
      </div>
      <div className="grid grid-cols-[1fr_1.4fr_1fr] items-start gap-2.5">
        <TextField
          label="Quantity"
          value={line.quantity}
          onChange={(quantity) => onChange({ quantity })}
          error={faults.quantity}
        />
        <MoneyField
          label="Unit price"
          currency={currency}
          value={line.unitPrice}
          onChange={(unitPrice) => onChange({ unitPrice })}
        />
        <TextField
          label="Discount %"
          placeholder="0"
          value={line.discountPercent}
          onChange={(discountPercent) => onChange({ discountPercent })}
          error={faults.discountPercent}
        />
      </div>
      <p className="tnum text-right text-muted">
        {total === null ? "No price yet" : formatMoney(total, { style: "short" })}
      </p>
    </fieldset>
  );
}

type ProductChoiceProps = Pick<LineFieldsProps, "line" | "currency" | "onChange">;

/** A product, with its list price where that is in the currency of the sale; a new one by its name alone. */
function ProductChoice({ line, currency, onChange }: ProductChoiceProps): ReactElement {
  const mayCreate = useCan("product.edit");
  const products = useQuery(productsQuery()).data?.items ?? [];
  const choose = ({ id, price }: Product): void =>
    onChange({ productId: id, ...(price?.currency === currency && { unitPrice: price.amount }) });
  const add = async (name: string): Promise<void> => {
    try {
      choose(await call(createProduct, { body: { name } }));
      await invalidateEntities(["product"]);
    } catch (error) {
      notifyFailure(`${name} was not added`, error);
    }
  };
  return (
    <Combobox
      label="Product"
      className="flex-1"
      placeholder="Choose a product"
      value={line.productId}
      choices={products.map(({ id, name, price }) => ({
        value: id,
        label: name,
        detail: price === null ? undefined : formatMoney(price, { style: "short" }),
      }))}
      {...(mayCreate && { onCreate: (name: string) => void add(name) })}
      onChange={(id) => {
        const product = products.find((one) => one.id === id);
        if (product !== undefined) choose(product);
      }}
    />
  );
}
